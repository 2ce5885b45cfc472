//! According to whom: one link of an attribution chain, and the closed lists it draws on.
//!
//! In: nothing. Out: the codes of `evidential taxonomy`: who speaks, in what form, committing to what. Never a judgement of
//! reliability; that is the reader's.

use serde::{Deserialize, Serialize};

use crate::Span;

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name { $($(#[$item])* #[serde(rename = $text)] $variant,)* }

        impl $name {
            /// Every code, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The code as written in data and output.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }

            /// The code written `text`, or `None`.
            #[must_use]
            pub fn from_code(text: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|code| code.as_str() == text)
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// What sort of source speaks.
    AttributionType {
        /// The report's own voice.
        Author = "AUTHOR",
        /// A state body or named official.
        OfficialNamed = "OFFICIAL-NAMED",
        /// An office without a name: "a security official".
        OfficialAnon = "OFFICIAL-ANON",
        /// The media arm of a fighting party, or the party itself.
        BelligerentMedia = "BELLIGERENT-MEDIA",
        /// An outlet the author ties to a party: "ISIS-linked agency".
        LinkedAgency = "LINKED-AGENCY",
        /// Plural, side named: "pro-government sources".
        AlignedSources = "ALIGNED-SOURCES",
        /// Nearness claimed: "local sources", "residents".
        Local = "LOCAL",
        /// Seeing claimed: "witnesses said".
        Eyewitness = "EYEWITNESS",
        /// A body that counts or documents.
        Monitor = "MONITOR",
        /// Another outlet or agency.
        Media = "MEDIA",
        /// Posts, channels, accounts.
        Social = "SOCIAL",
        /// A statement, order, file.
        Document = "DOCUMENT",
        /// Photo, video, satellite.
        Imagery = "IMAGERY",
        /// "sources said", "it is believed".
        Unspecified = "UNSPECIFIED",
        /// Only an adverb or adjective: "allegedly".
        Hearsay = "HEARSAY",
        /// The author reasons: "which confirmed that".
        Inference = "INFERENCE",
        /// A reader in the thread.
        Commenter = "COMMENTER",
        /// The outlet cites itself.
        SelfRef = "SELF-REF",
    }
}

codes! {
    /// How the text signals the source.
    AttributionForm {
        /// Quotation.
        Direct = "DIRECT",
        /// That-clause or infinitive.
        Indirect = "INDIRECT",
        /// Partly quoted.
        Mixed = "MIXED",
        /// "according to X".
        Adjunct = "ADJUNCT",
        /// "reportedly".
        Adverb = "ADVERB",
        /// "alleged", "so-called".
        Adjective = "ADJECTIVE",
        /// "claims", "reports of".
        Noun = "NOUN",
        /// "was reported".
        PassiveNoSource = "PASSIVE-NOSOURCE",
        /// ", X said,".
        Parenthetical = "PARENTHETICAL",
        /// "… - ministry".
        HeadlineDash = "HEADLINE-DASH",
        /// "Photo: X".
        Credit = "CREDIT",
        /// A link is the attribution.
        Link = "LINK",
        /// Scare quotes.
        ScareQuotes = "SCARE-QUOTES",
        /// Nothing marks it: the author's own voice.
        None = "NONE",
    }
}

codes! {
    /// What the source commits to.
    SourceStance {
        /// States it.
        Assert = "ASSERT",
        /// Confirms what was said before.
        Confirm = "CONFIRM",
        /// Says it is not so.
        Deny = "DENY",
        /// Doubts it.
        Doubt = "DOUBT",
        /// Thinks it likely.
        Speculate = "SPECULATE",
        /// Foresees it.
        Predict = "PREDICT",
        /// Intends or promises it.
        Plan = "PLAN",
        /// Threatens it.
        Threaten = "THREATEN",
        /// Orders or calls for it.
        Order = "ORDER",
        /// Warns of it.
        Warn = "WARN",
        /// Blames someone.
        Accuse = "ACCUSE",
        /// Says "we did it".
        ClaimResponsibility = "CLAIM-RESPONSIBILITY",
        /// Takes it back.
        Retract = "RETRACT",
        /// Says nothing when asked.
        Decline = "DECLINE",
        /// Asks.
        Ask = "ASK",
    }
}

codes! {
    /// The writer's choice of word towards what the source says.
    AuthorStance {
        /// Factive wording.
        Endorse = "ENDORSE",
        /// Plain report.
        Neutral = "NEUTRAL",
        /// "claimed", "so-called".
        Distance = "DISTANCE",
        /// The writer says it is wrong.
        Reject = "REJECT",
    }
}

codes! {
    /// What the source rests on, when the words give it away.
    Basis {
        /// Saw it.
        Seen = "SEEN",
        /// Heard it.
        Heard = "HEARD",
        /// Read it.
        Document = "DOCUMENT",
        /// Pictures.
        Imagery = "IMAGERY",
        /// Reasoned.
        Inferred = "INFERRED",
        /// Took for granted.
        Assumed = "ASSUMED",
        /// Not said.
        Unstated = "UNSTATED",
    }
}

/// One link of the chain of those who say it; the outermost speaker first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AttributionLink {
    /// Who, as said; absent when nobody is named.
    pub holder: Option<String>,
    /// What sort of source.
    #[serde(rename = "type")]
    pub kind: AttributionType,
    /// The words that attribute.
    pub cue: Option<String>,
    /// What the source commits to.
    pub stance: SourceStance,
    /// The writer's choice of word.
    pub author_stance: AuthorStance,
    /// How the text signals it.
    pub form: AttributionForm,
    /// What it rests on.
    pub basis: Basis,
    /// The actor the holder is or speaks for, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_id: Option<String>,
    /// Where the holder stands, in bytes of the document's text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder_span: Option<Span>,
    /// Where the cue stands, in bytes of the document's text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue_span: Option<Span>,
}
