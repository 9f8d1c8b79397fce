//! Reading a list part by part: the next part is read when the rows of the one before are written.

/// The entries of a list that is read by `read`, which answers a part and the place where the next one begins, none at the
/// end. No more than one part is in memory. It ends with the first failure.
pub fn in_parts<P, T, E>(
    first: P,
    mut read: impl FnMut(P) -> Result<(Vec<T>, Option<P>), E>,
) -> impl Iterator<Item = Result<T, E>> {
    let mut next = Some(first);
    let mut part = Vec::new().into_iter();
    std::iter::from_fn(move || {
        loop {
            if let Some(entry) = part.next() {
                return Some(Ok(entry));
            }
            match read(next.take()?) {
                Ok((entries, place)) => (part, next) = (entries.into_iter(), place),
                Err(wrong) => return Some(Err(wrong)),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers below five by two; a part may be empty although others follow.
    fn numbers(fails_at: usize) -> Vec<Result<usize, &'static str>> {
        let read = |place: usize| match place {
            place if place == fails_at => Err("broken"),
            2 => Ok((Vec::new(), Some(4))),
            4 => Ok((vec![4], None)),
            place => Ok((vec![place, place + 1], Some(place + 2))),
        };
        in_parts(0, read).collect()
    }

    #[test]
    fn every_part_is_read_to_the_end() {
        assert_eq!(numbers(usize::MAX), [Ok(0), Ok(1), Ok(4)]);
    }

    #[test]
    fn a_failure_is_the_last_entry() {
        assert_eq!(numbers(4), [Ok(0), Ok(1), Err("broken")]);
    }
}
