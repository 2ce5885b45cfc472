//! The closed label sets of the English pipeline: tags, parts of speech, dependency and entity labels.
//!
//! In: a label as the model or spaCy writes it. Out: a one-byte value rules can match on. Never grows at run time.

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$item])* $variant,)* }

        impl $name {
            /// Every label, in the order of the enum.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The label as spaCy writes it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }

            /// The label spaCy writes as `text`, or `None` when there is none.
            #[must_use]
            pub fn from_label(text: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|label| label.as_str() == text)
            }
        }
    };
}

labels! {
    /// A Penn Treebank tag.
    Tag {
        /// `$`
        Dollar = "$",
        /// `''`
        CloseQuote = "''",
        /// `,`
        Comma = ",",
        /// `-LRB-`
        OpenBracket = "-LRB-",
        /// `-RRB-`
        CloseBracket = "-RRB-",
        /// `.`
        Stop = ".",
        /// `:`
        Colon = ":",
        /// `ADD`
        Add = "ADD",
        /// `AFX`
        Afx = "AFX",
        /// `CC`
        Cc = "CC",
        /// `CD`
        Cd = "CD",
        /// `DT`
        Dt = "DT",
        /// `EX`
        Ex = "EX",
        /// `FW`
        Fw = "FW",
        /// `HYPH`
        Hyph = "HYPH",
        /// `IN`
        In = "IN",
        /// `JJ`
        Jj = "JJ",
        /// `JJR`
        Jjr = "JJR",
        /// `JJS`
        Jjs = "JJS",
        /// `LS`
        Ls = "LS",
        /// `MD`
        Md = "MD",
        /// `NFP`
        Nfp = "NFP",
        /// `NN`
        Nn = "NN",
        /// `NNP`
        Nnp = "NNP",
        /// `NNPS`
        Nnps = "NNPS",
        /// `NNS`
        Nns = "NNS",
        /// `PDT`
        Pdt = "PDT",
        /// `POS`
        Pos = "POS",
        /// `PRP`
        Prp = "PRP",
        /// `PRP$`
        PrpPoss = "PRP$",
        /// `RB`
        Rb = "RB",
        /// `RBR`
        Rbr = "RBR",
        /// `RBS`
        Rbs = "RBS",
        /// `RP`
        Rp = "RP",
        /// `SYM`
        Sym = "SYM",
        /// `TO`
        To = "TO",
        /// `UH`
        Uh = "UH",
        /// `VB`
        Vb = "VB",
        /// `VBD`
        Vbd = "VBD",
        /// `VBG`
        Vbg = "VBG",
        /// `VBN`
        Vbn = "VBN",
        /// `VBP`
        Vbp = "VBP",
        /// `VBZ`
        Vbz = "VBZ",
        /// `WDT`
        Wdt = "WDT",
        /// `WP`
        Wp = "WP",
        /// `WP$`
        WpPoss = "WP$",
        /// `WRB`
        Wrb = "WRB",
        /// `XX`
        Xx = "XX",
        /// `_SP`
        Space = "_SP",
        /// An opening quotation mark, two backticks.
        OpenQuote = "``",
    }
}

labels! {
    /// A Universal Dependencies part of speech, and `SPACE`.
    Pos {
        /// `ADJ`
        Adj = "ADJ",
        /// `ADP`
        Adp = "ADP",
        /// `ADV`
        Adv = "ADV",
        /// `AUX`
        Aux = "AUX",
        /// `CCONJ`
        Cconj = "CCONJ",
        /// `DET`
        Det = "DET",
        /// `INTJ`
        Intj = "INTJ",
        /// `NOUN`
        Noun = "NOUN",
        /// `NUM`
        Num = "NUM",
        /// `PART`
        Part = "PART",
        /// `PRON`
        Pron = "PRON",
        /// `PROPN`
        Propn = "PROPN",
        /// `PUNCT`
        Punct = "PUNCT",
        /// `SCONJ`
        Sconj = "SCONJ",
        /// `SYM`
        Sym = "SYM",
        /// `VERB`
        Verb = "VERB",
        /// `X`
        X = "X",
        /// `SPACE`
        Space = "SPACE",
    }
}

labels! {
    /// A dependency label of the ClearNLP scheme.
    Dep {
        /// `ROOT`
        Root = "ROOT",
        /// `acl`
        Acl = "acl",
        /// `acomp`
        Acomp = "acomp",
        /// `advcl`
        Advcl = "advcl",
        /// `advmod`
        Advmod = "advmod",
        /// `agent`
        Agent = "agent",
        /// `amod`
        Amod = "amod",
        /// `appos`
        Appos = "appos",
        /// `attr`
        Attr = "attr",
        /// `aux`
        Aux = "aux",
        /// `auxpass`
        Auxpass = "auxpass",
        /// `case`
        Case = "case",
        /// `cc`
        Cc = "cc",
        /// `ccomp`
        Ccomp = "ccomp",
        /// `compound`
        Compound = "compound",
        /// `conj`
        Conj = "conj",
        /// `csubj`
        Csubj = "csubj",
        /// `csubjpass`
        Csubjpass = "csubjpass",
        /// `dative`
        Dative = "dative",
        /// `dep`
        Dep = "dep",
        /// `det`
        Det = "det",
        /// `dobj`
        Dobj = "dobj",
        /// `expl`
        Expl = "expl",
        /// `intj`
        Intj = "intj",
        /// `mark`
        Mark = "mark",
        /// `meta`
        Meta = "meta",
        /// `neg`
        Neg = "neg",
        /// `nmod`
        Nmod = "nmod",
        /// `npadvmod`
        Npadvmod = "npadvmod",
        /// `nsubj`
        Nsubj = "nsubj",
        /// `nsubjpass`
        Nsubjpass = "nsubjpass",
        /// `nummod`
        Nummod = "nummod",
        /// `oprd`
        Oprd = "oprd",
        /// `parataxis`
        Parataxis = "parataxis",
        /// `pcomp`
        Pcomp = "pcomp",
        /// `pobj`
        Pobj = "pobj",
        /// `poss`
        Poss = "poss",
        /// `preconj`
        Preconj = "preconj",
        /// `predet`
        Predet = "predet",
        /// `prep`
        Prep = "prep",
        /// `prt`
        Prt = "prt",
        /// `punct`
        Punct = "punct",
        /// `quantmod`
        Quantmod = "quantmod",
        /// `relcl`
        Relcl = "relcl",
        /// `xcomp`
        Xcomp = "xcomp",
    }
}

labels! {
    /// A named entity label of the OntoNotes scheme.
    EntityLabel {
        /// `CARDINAL`
        Cardinal = "CARDINAL",
        /// `DATE`
        Date = "DATE",
        /// `EVENT`
        Event = "EVENT",
        /// `FAC`
        Fac = "FAC",
        /// `GPE`
        Gpe = "GPE",
        /// `LANGUAGE`
        Language = "LANGUAGE",
        /// `LAW`
        Law = "LAW",
        /// `LOC`
        Loc = "LOC",
        /// `MONEY`
        Money = "MONEY",
        /// `NORP`
        Norp = "NORP",
        /// `ORDINAL`
        Ordinal = "ORDINAL",
        /// `ORG`
        Org = "ORG",
        /// `PERCENT`
        Percent = "PERCENT",
        /// `PERSON`
        Person = "PERSON",
        /// `PRODUCT`
        Product = "PRODUCT",
        /// `QUANTITY`
        Quantity = "QUANTITY",
        /// `TIME`
        Time = "TIME",
        /// `WORK_OF_ART`
        WorkOfArt = "WORK_OF_ART",
    }
}
