//! Timestamps of others on an archive: what they were given for, and when they say it was.
//!
//! In: the bytes of an OpenTimestamps proof (`.ots`) or an RFC 3161 answer (`.tsr`, `.tst`). Out: the hash it is for, and in words what it
//! says. Never checks a signature or a block chain: that takes an authority's certificate or the chain, which this program has not.

use der::asn1::{ObjectIdentifier, OctetStringRef};
use der::{AnyRef, Decode as _, Reader as _, SliceReader, Tag, Tagged as _};

/// What a token says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// The hash it was given for.
    pub(super) imprint: [u8; 32],
    /// By whom and when, as far as can be told without asking anybody; and what was not checked.
    pub(super) says: String,
}

/// Whether a file of this name is a token.
pub(super) fn is_token(name: &str) -> bool {
    [".ots", ".tsr", ".tst"].iter().any(|ending| name.ends_with(ending))
}

/// Reads a token; the error says why it cannot be read.
pub(super) fn read(bytes: &[u8]) -> Result<Token, String> {
    if bytes.starts_with(OTS) { ots(bytes) } else { tsr(bytes) }
}

const OTS: &[u8] = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94";
const OTS_BITCOIN: [u8; 8] = [0x05, 0x88, 0x96, 0x0d, 0x73, 0xd7, 0x19, 0x01];
const OTS_PENDING: [u8; 8] = [0x83, 0xdf, 0xe3, 0x0d, 0x2e, 0xf9, 0x0c, 0x8e];
/// Steps of a proof that are followed; real ones have some dozens.
const MOST_STEPS: usize = 10_000;

/// A proof: magic, version, the kind of hash, the hash, and a tree of steps that ends in attestations.
fn ots(bytes: &[u8]) -> Result<Token, String> {
    let mut rest = Ots(bytes.get(OTS.len()..).unwrap_or_default());
    if rest.number()? != 1 {
        return Err("an OpenTimestamps proof of another version".to_owned());
    }
    if rest.byte()? != 0x08 {
        return Err("an OpenTimestamps proof over another hash than SHA-256".to_owned());
    }
    let imprint = rest.take(32)?.try_into().map_err(|_| CUT.to_owned())?;
    let (mut blocks, mut pending, mut others) = (Vec::new(), 0, 0);
    for _ in 0..MOST_STEPS {
        if rest.0.is_empty() {
            break;
        }
        match rest.byte()? {
            0x00 => {
                let (kind, payload) = (rest.take(8)?, rest.block()?);
                if kind == OTS_BITCOIN {
                    blocks.push(Ots(payload).number()?);
                } else if kind == OTS_PENDING {
                    pending += 1;
                } else {
                    others += 1;
                }
            }
            // Branches stand one after the other, so no tree need be built to find where they end.
            0xff | 0x02 | 0x03 | 0x08 | 0x67 | 0xf2 | 0xf3 => {}
            0xf0 | 0xf1 => drop(rest.block()?),
            other => return Err(format!("an OpenTimestamps proof with an unknown step ({other:#04x})")),
        }
    }
    if !rest.0.is_empty() {
        return Err("an OpenTimestamps proof of too many steps".to_owned());
    }
    let mut said = Vec::new();
    blocks.sort_unstable();
    said.extend(blocks.iter().map(|height| format!("names Bitcoin block {height}")));
    said.extend((pending > 0).then(|| format!("{pending} calendar servers still to confirm it")));
    said.extend((others > 0).then(|| format!("{others} attestations of other kinds")));
    if said.is_empty() {
        return Err("an OpenTimestamps proof without an attestation".to_owned());
    }
    let says = format!("OpenTimestamps, {}; that the chain has it was not checked", said.join(", "));
    Ok(Token { imprint, says })
}

const CUT: &str = "cut short";

struct Ots<'b>(&'b [u8]);

impl<'b> Ots<'b> {
    fn take(&mut self, n: usize) -> Result<&'b [u8], String> {
        let (taken, rest) = self.0.split_at_checked(n).ok_or(CUT)?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, String> {
        self.take(1).map(|bytes| bytes[0])
    }

    /// Seven bits a byte, the lowest first.
    fn number(&mut self) -> Result<u64, String> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err("a number that is too large".to_owned())
    }

    fn block(&mut self) -> Result<&'b [u8], String> {
        let n = self.number()?;
        self.take(usize::try_from(n).map_err(|_| CUT)?)
    }
}

const SIGNED: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const TIMESTAMP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");

/// An answer of a time stamping authority, or the token out of it.
fn tsr(bytes: &[u8]) -> Result<Token, String> {
    let no = || "neither an OpenTimestamps proof nor an RFC 3161 timestamp in DER".to_owned();
    let whole = AnyRef::from_der(bytes).map_err(|_| no())?;
    let mut token = parts(whole).map_err(|_| no())?;
    if token.first().is_some_and(|first| first.tag() == Tag::Sequence) {
        let status = parts(token[0]).ok().and_then(|it| it.first().map(|status| status.value().to_vec()));
        if !matches!(status.as_deref(), Some([0] | [1])) {
            return Err("an RFC 3161 answer in which the authority refuses".to_owned());
        }
        token = token.get(1).and_then(|token| parts(*token).ok()).ok_or_else(no)?;
    }
    stamped(&token).ok_or_else(no)?
}

fn stamped(token: &[AnyRef<'_>]) -> Option<Result<Token, String>> {
    let [kind, content, ..] = token else { return None };
    let signed = inner(*content)?;
    let content = parts(*parts(signed).ok()?.get(2)?).ok()?;
    let [what, info, ..] = content.as_slice() else { return None };
    if kind.decode_as::<ObjectIdentifier>().ok()? != SIGNED || what.decode_as::<ObjectIdentifier>().ok()? != TIMESTAMP {
        return None;
    }
    let info = inner(*info)?.decode_as::<&OctetStringRef>().ok()?;
    let info = parts(AnyRef::from_der(info.as_bytes()).ok()?).ok()?;
    let [_version, _policy, imprint, _serial, time, ..] = info.as_slice() else { return None };
    let imprint = parts(*imprint).ok()?;
    let [algorithm, hash, ..] = imprint.as_slice() else { return None };
    let algorithm = parts(*algorithm).ok()?.first()?.decode_as::<ObjectIdentifier>().ok()?;
    if algorithm != SHA256 {
        return Some(Err(format!("an RFC 3161 timestamp over another hash than SHA-256 ({algorithm})")));
    }
    let imprint = hash.decode_as::<&OctetStringRef>().ok()?.as_bytes().try_into().ok()?;
    let time: String =
        String::from_utf8_lossy(time.value()).chars().filter(|c| c.is_ascii_graphic()).take(30).collect();
    let says = format!(
        "RFC 3161, says {time}; the authority's signature was not checked (`openssl ts -verify` does, with its certificate)"
    );
    Some(Ok(Token { imprint, says }))
}

/// What stands inside a sequence or set.
fn parts(whole: AnyRef<'_>) -> der::Result<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(whole.value())?;
    let mut parts = Vec::new();
    while !reader.is_finished() {
        parts.push(AnyRef::decode(&mut reader)?);
    }
    Ok(parts)
}

/// What stands behind an explicit tag.
fn inner(tagged: AnyRef<'_>) -> Option<AnyRef<'_>> {
    parts(tagged).ok()?.into_iter().next()
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;

    /// Made by `openssl ts -reply` with a certificate of its own over the line "a manifest".
    const ANSWER: &[u8] = include_bytes!("tokens/answer.tsr");

    #[test]
    fn an_answer_and_the_token_in_it_tell_what_they_are_for() {
        let imprint: [u8; 32] = Sha256::digest(b"a manifest\n").into();
        let answer = read(ANSWER).unwrap();
        assert_eq!(answer.imprint, imprint);
        assert!(answer.says.contains("says 2026") && answer.says.contains("not checked"), "{}", answer.says);
        // The token alone: the sequence behind the answer's status.
        let whole = AnyRef::from_der(ANSWER).unwrap();
        let token = der::Encode::to_der(&parts(whole).unwrap()[1]).unwrap();
        assert_eq!(read(&token).unwrap(), answer);
    }

    #[test]
    fn what_is_no_token_of_sha256_is_refused_in_words() {
        let other = read(include_bytes!("tokens/answer_sha512.tsr")).unwrap_err();
        assert!(other.contains("another hash than SHA-256"), "{other}");
        for n in [0, 1, 40, 200, ANSWER.len() - 1] {
            assert!(read(&ANSWER[..n]).unwrap_err().contains("neither"), "{n} bytes");
        }
        let mut refused = ANSWER.to_vec();
        let status = refused.windows(5).position(|at| at == [0x30, 0x03, 0x02, 0x01, 0x00]).unwrap();
        refused[status + 4] = 2;
        assert!(read(&refused).unwrap_err().contains("refuses"));
        assert!(read(&[OTS, &[1, 8], &[0; 32], &[0x55]].concat()).unwrap_err().contains("unknown step"));
    }
}
