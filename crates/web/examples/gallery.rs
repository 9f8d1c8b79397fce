//! Serves the component gallery and every sample page under the security headers of the product.
//!
//! `cargo run -p dacheng-web --example gallery --features gallery -- 127.0.0.1:8090`

use std::error::Error;

use axum::middleware::from_fn;
use dacheng_web::{assets, gallery, headers};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listen = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8090".to_owned());
    let listener = TcpListener::bind(&listen).await?;
    println!("http://{}/_ui", listener.local_addr()?);
    let routes = gallery::routes().merge(assets::routes()).layer(from_fn(headers::secure));
    axum::serve(listener, routes).await?;
    Ok(())
}
