//! The API's description after OpenAPI 3.1.
//!
//! In: the table of operations and the shapes of the answers. Out: JSON. OpenAPI 3.1 takes JSON Schema 2020-12 as it is, which is what the
//! shapes already say of themselves; nothing is written twice.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::answers::{NewRuling, Problem, Tombstone};
use crate::exports;
use crate::operations::{Answered, Kind, MAX_TEXT, Operation, Parameter, Verb};
use crate::table::OPERATIONS;

/// What an answer besides 200 means.
const PROBLEMS: [(&str, &str); 13] = [
    ("304", "As it was: the version sent with If-None-Match is the current one"),
    ("400", "The question makes no sense; `detail` says what would"),
    ("401", "The password is needed"),
    ("403", "Not allowed: the token is missing, or the record is served for reading only"),
    ("404", "There is no such thing"),
    ("405", "Not with this method; `Allow` says with which"),
    ("409", "Somebody ruled on it meanwhile"),
    ("413", "Too large"),
    ("414", "The address is too long; told without a body"),
    ("415", "Not this media type"),
    ("421", "The request names another server"),
    ("422", "It can be read, but not be done; `detail` says why"),
    ("500", "It could not be done"),
];

/// The document.
pub(crate) fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize().with(|it| {
        it.definitions_path = "/components/schemas".into();
        it.meta_schema = None;
    });
    let mut generator = SchemaGenerator::new(settings);
    let mut paths: Map<String, Value> = Map::new();
    for operation in OPERATIONS {
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        let verb = if operation.verb == Verb::Get { "get" } else { "post" };
        path[verb] = described(operation, &mut generator);
    }
    generator.subschema_for::<Problem>();
    let mut schemas = generator.take_definitions(true);
    schemas.insert("NewRuling".to_owned(), told::<NewRuling>());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Sitrep",
            "version": sitrep::VERSION,
            "summary": "A record of who claimed what, where and when, according to whom",
            "description": "Days are YYYY-MM-DD, degrees WGS 84, distances kilometres. Answers bear the record's version as ETag.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {
                    "type": "apiKey", "in": "header", "name": "X-Sitrep-Token",
                    "description": "Stands in the workbench's page: `<meta name=\"sitrep-token\">`",
                },
            },
        },
    })
}

/// The shape of what is sent: what may be left out is not required.
fn told<T: JsonSchema>() -> Value {
    let mut schema = schemars::schema_for!(T);
    schema.remove("$schema");
    schema.to_value()
}

fn described(operation: &Operation, generator: &mut SchemaGenerator) -> Value {
    let mut parameters: Vec<Value> = Vec::new();
    if let Some((_, name)) = operation.path.split_once('{') {
        let name = name.trim_end_matches('}');
        let schema = match operation.answer {
            Answered::File => json!({"type": "string", "enum": exports::formats()}),
            _ => json!({"type": "string", "minLength": 1}),
        };
        parameters.push(json!({
            "name": name, "in": "path", "required": true, "description": operation.names, "schema": schema,
        }));
    }
    parameters.extend(operation.parameters().map(parameter));
    let mut told = json!({
        "operationId": operation.id,
        "summary": operation.says,
        "parameters": parameters,
        "responses": responses(operation, generator),
    });
    if operation.verb == Verb::Post {
        told["security"] = json!([{"token": []}]);
        told["requestBody"] = match operation.id {
            "rule" => json!({
                "required": true,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewRuling"}}},
            }),
            _ => json!({
                "required": true,
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary", "minLength": 1}}},
            }),
        };
    }
    told
}

fn parameter(parameter: &Parameter) -> Value {
    let schema = match parameter.kind {
        Kind::Text if parameter.needed => {
            json!({"type": "string", "minLength": 1, "maxLength": MAX_TEXT, "pattern": "^\\S+$"})
        }
        Kind::Text => json!({"type": "string", "maxLength": MAX_TEXT}),
        Kind::Day => json!({"type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}),
        Kind::Time => json!({"anyOf": [
            {"type": "string", "format": "date-time"}, {"type": "string", "format": "date"},
        ]}),
        Kind::Number { least, most, unless } => {
            json!({"type": "integer", "minimum": least, "maximum": most, "default": unless})
        }
        Kind::OneOf(codes) => json!({"type": "string", "enum": codes()}),
        Kind::Cursor => json!({"type": "string", "pattern": "^[A-Za-z0-9_-]{4,400}$"}),
        Kind::Skip => json!({"type": "string", "pattern": "^[0-9]{1,9}$"}),
    };
    let (schema, explode) = match parameter.many {
        true => (json!({"type": "array", "items": schema}), json!(true)),
        false => (schema, Value::Null),
    };
    let mut told = json!({
        "name": parameter.name, "in": "query", "required": parameter.needed,
        "description": parameter.says, "schema": schema,
    });
    if !explode.is_null() {
        told["style"] = json!("form");
        told["explode"] = explode;
    }
    told
}

fn responses(operation: &Operation, generator: &mut SchemaGenerator) -> Value {
    let content = match operation.answer {
        Answered::Json(shape) => json!({"application/json": {"schema": shape(generator)}}),
        Answered::Page(what) => {
            let line = sitrep::schema::line_of(what.name(), generator).unwrap_or_default();
            let tombstone = generator.subschema_for::<Tombstone>();
            let page = json!({
                "type": "object",
                "required": ["items", "n", "tombstones"],
                "properties": {
                    "items": {"type": "array", "items": line.clone()},
                    "n": {"type": "integer", "minimum": 0, "description": "Items in all that pass"},
                    "next": {"type": "string", "description": "Send back as `cursor`; absent at the end"},
                    "tombstones": {"type": "array", "items": tombstone},
                    "until": {"type": "string", "description": "Send back as `updated_since` next time"},
                },
            });
            json!({
                "application/json": {"schema": page},
                "application/x-ndjson": {"schema": {"type": "string", "description": "One item a line, all of them"}},
            })
        }
        Answered::File => {
            let file = |name: &str| (name.to_owned(), json!({"schema": {"type": "string"}}));
            Value::Object(exports::media_types().into_iter().map(file).collect())
        }
        Answered::Events(shape) => {
            json!({"text/event-stream": {"schema": {"type": "string", "contentSchema": shape(generator)}}})
        }
    };
    let mut responses = Map::new();
    responses.insert("200".to_owned(), json!({"description": "The answer", "content": content}));
    for (status, says) in PROBLEMS.iter().filter(|(status, _)| is_given(operation, status)) {
        let problem = json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}});
        responses.insert(
            (*status).to_owned(),
            match *status {
                "304" | "414" => json!({"description": says}),
                _ => json!({"description": says, "content": problem}),
            },
        );
    }
    Value::Object(responses)
}

/// Whether an operation may answer so.
fn is_given(operation: &Operation, status: &str) -> bool {
    match status {
        "304" => operation.verb == Verb::Get && !matches!(operation.answer, Answered::Events(_)),
        "409" | "422" => operation.id == "rule",
        "413" | "415" => operation.verb == Verb::Post,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_leads_somewhere() {
        fn references(value: &Value, out: &mut Vec<String>) {
            match value {
                Value::Object(fields) => {
                    if let Some(Value::String(reference)) = fields.get("$ref") {
                        out.push(reference.clone());
                    }
                    fields.values().for_each(|it| references(it, out));
                }
                Value::Array(items) => items.iter().for_each(|it| references(it, out)),
                _ => {}
            }
        }
        let document = document();
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(found.len() > 50, "{}", found.len());
        for reference in found {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
        assert_eq!(document["paths"].as_object().unwrap().len(), OPERATIONS.len() - 1, "rulings are read and given");
    }
}
