//! `fetch`: pages of the web into a WARC file.
//!
//! In: addresses and a file name. Out: the archive; one line for each address on standard error. The only command that uses the
//! network, and only when the user says so with a flag. Never adds anything to a record: that is `build` and `add`.

use std::fs::File;
use std::io::BufWriter;

use anyhow::{Context as _, bail};
use sitrep_fetch::{Limits, fetch as fetch_into};

use crate::args::FetchArgs;
use crate::ending::Ending;
use crate::out::Say;

/// `sitrep fetch URL... -o FILE.warc.gz --allow-network`
pub(super) fn fetch(args: &FetchArgs, say: &Say) -> anyhow::Result<Ending> {
    if !args.allow_network {
        bail!("fetching uses the network: say --allow-network to let it (the sites will see this machine's address)");
    }
    let path = &args.output;
    let file = File::create_new(path).with_context(|| format!("cannot make {}: does it exist?", path.display()))?;
    let mut n_failed = 0;
    fetch_into(&args.urls, &Limits::default(), BufWriter::new(file), |_, came| match came {
        Ok(page) => say.line(&format!("{}: {} ({} bytes)", page.url, page.status, page.n_bytes)),
        Err(error) => {
            n_failed += 1;
            say.failure(&format!("sitrep: {error}"));
        }
    })?;
    Ok(if n_failed == 0 { Ending::Done } else { Ending::SomeFailed })
}
