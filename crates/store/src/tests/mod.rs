//! Tests that need SQL of their own: connections, and databases of other versions. What functions promise is
//! tested in the folder `tests`.

mod engines;
mod migrations;
