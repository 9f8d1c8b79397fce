//! Step 4: changing a target in force, by application, review and approval.
