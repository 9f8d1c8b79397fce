//! Step 5: reviewing the result and applying it.
