//! Tells most names that are in no file without reading it.
//!
//! In: names. Out: a byte for each that may be there. Says "no" only of names that are not there; about one in thirty of those slips
//! through.

/// Bytes looked at for one name.
const CELL_BYTES: usize = 64;
/// Bits set in them.
const BITS: usize = 4;

/// A filter about to be filled.
pub(crate) struct Filter {
    bytes: Vec<u8>,
}

impl Filter {
    /// For about this many names.
    pub(crate) fn sized(n_names: u64) -> Filter {
        let cells = (n_names as usize / CELL_BYTES + 1).min(1 << 24);
        Filter { bytes: vec![0; cells * CELL_BYTES] }
    }

    /// One that was read back; `None` when the bytes cannot be one.
    pub(crate) fn from_bytes(bytes: Vec<u8>) -> Option<Filter> {
        (!bytes.is_empty() && bytes.len().is_multiple_of(CELL_BYTES)).then_some(Filter { bytes })
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn add(&mut self, name: &[u8]) {
        let (cell, bits) = self.place(name);
        for bit in bits {
            self.bytes[cell + bit / 8] |= 1 << (bit % 8);
        }
    }

    pub(crate) fn may_hold(&self, name: &[u8]) -> bool {
        let (cell, bits) = self.place(name);
        bits.iter().all(|bit| self.bytes[cell + bit / 8] & 1 << (bit % 8) != 0)
    }

    fn place(&self, name: &[u8]) -> (usize, [usize; BITS]) {
        let hash = mixed(name);
        let cells = (self.bytes.len() / CELL_BYTES) as u64;
        let cell = ((u128::from(hash) * u128::from(cells)) >> 64) as usize * CELL_BYTES;
        let again = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 28;
        let bits = std::array::from_fn(|n| (again >> (n * 9)) as usize % (CELL_BYTES * 8));
        (cell, bits)
    }
}

/// FNV-1a, its bits stirred once more: the same on every machine.
fn mixed(name: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in name {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_never_denied_and_little_else_let_through() {
        let mut filter = Filter::sized(10_000);
        (0..10_000).for_each(|n| filter.add(format!("name {n}").as_bytes()));
        assert!((0..10_000).all(|n| filter.may_hold(format!("name {n}").as_bytes())));
        let wrong = (0..10_000).filter(|n| filter.may_hold(format!("other {n}").as_bytes())).count();
        assert!(wrong < 500, "{wrong} of 10,000 slip through");
        assert!(Filter::from_bytes(vec![]).is_none());
    }
}
