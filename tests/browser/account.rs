//! The account: what is known, what may be changed, and that no change gets lost.
