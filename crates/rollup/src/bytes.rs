//! A block as bytes: names, then each column; whole numbers as LEB128, amounts zigzagged, days as differences.

use dacheng_domain::facts::credit::CreditKind;

use crate::{AXES, Block};

const MARK: &[u8; 4] = b"DRB1";

/// Bytes that are not a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("roll-up block damaged at byte {0}")]
pub struct Damaged(pub usize);

impl Block {
    /// The canonical bytes: equal blocks have equal bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = MARK.to_vec();
        for names in &self.names {
            push(&mut out, names.len() as u64);
            for name in names {
                push(&mut out, name.len() as u64);
                out.extend_from_slice(name.as_bytes());
            }
        }
        push(&mut out, self.len() as u64);
        let mut before = 0;
        for &day in &self.days {
            push_signed(&mut out, i64::from(day) - before);
            before = i64::from(day);
        }
        for (names, codes) in self.names.iter().zip(&self.codes) {
            if names.len() > 1 {
                for &code in codes {
                    push(&mut out, u64::from(code));
                }
            }
        }
        out.extend(self.kinds.iter().map(|kind| match kind {
            CreditKind::Credit => 0,
            CreditKind::Overlay => 1,
        }));
        for &amount in &self.amounts {
            push_signed(&mut out, amount);
        }
        out
    }

    /// Reads what [`Block::encode`] wrote; anything else is refused, naming the byte.
    pub fn decode(bytes: &[u8]) -> Result<Self, Damaged> {
        let mut input = Input { bytes, at: 0 };
        if input.take(MARK.len())? != MARK {
            return Err(Damaged(0));
        }
        let mut block = Self::default();
        for names in &mut block.names {
            for _ in 0..input.count()? {
                let length = input.count()?;
                let at = input.at;
                let name = std::str::from_utf8(input.take(length)?).map_err(|_| Damaged(at))?;
                names.push(name.into());
            }
        }
        let cells = input.count()?;
        let mut day = 0;
        for _ in 0..cells {
            day += input.signed()?;
            block.days.push(i32::try_from(day).map_err(|_| Damaged(input.at))?);
        }
        for axis in 0..AXES {
            let names = block.names[axis].len() as u64;
            for _ in 0..cells {
                let code = if names > 1 { input.number()? } else { 0 };
                if code >= names {
                    return Err(Damaged(input.at));
                }
                block.codes[axis].push(u32::try_from(code).map_err(|_| Damaged(input.at))?);
            }
        }
        for _ in 0..cells {
            block.kinds.push(match input.take(1)? {
                [0] => CreditKind::Credit,
                [1] => CreditKind::Overlay,
                _other => return Err(Damaged(input.at)),
            });
        }
        for _ in 0..cells {
            block.amounts.push(input.signed()?);
        }
        if input.at == bytes.len() { Ok(block) } else { Err(Damaged(input.at)) }
    }
}

fn push(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push((number & 0x7f) as u8);
}

fn push_signed(out: &mut Vec<u8>, number: i64) {
    push(out, ((number << 1) ^ (number >> 63)).cast_unsigned());
}

struct Input<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Input<'b> {
    fn take(&mut self, length: usize) -> Result<&'b [u8], Damaged> {
        let end = self.at.checked_add(length).ok_or(Damaged(self.at))?;
        let taken = self.bytes.get(self.at..end).ok_or(Damaged(self.at))?;
        self.at = end;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u64, Damaged> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Damaged(self.at))
    }

    /// A number of things that each take at least a byte, so that damage cannot ask for endless memory.
    fn count(&mut self) -> Result<usize, Damaged> {
        let count = usize::try_from(self.number()?).map_err(|_| Damaged(self.at))?;
        if count > self.bytes.len() { Err(Damaged(self.at)) } else { Ok(count) }
    }

    fn signed(&mut self) -> Result<i64, Damaged> {
        let number = self.number()?;
        Ok((number >> 1).cast_signed() ^ -((number & 1).cast_signed()))
    }
}
