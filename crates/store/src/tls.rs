//! How the way to PostgreSQL is guarded (`sslmode`): in plain text, encrypted, or encrypted to a server that proves who
//! it is. What an address asks for is kept to or refused, never taken back silently.

use std::str::FromStr;
use std::sync::Arc;

use postgres::Config;
use postgres::config::SslMode;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::{Error, Result};

/// Who vouches for a server whose address asks for `sslrootcert=system`, or names nothing.
const PUBLIC: &str = "system";

/// Where PostgreSQL is, and how connections to it are guarded.
pub(crate) struct Way {
    pub config: Config,
    pub tls: MakeRustlsConnect,
}

/// Whether the server has to prove who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Proof {
    None,
    /// By a certificate for its name from whom this file, or the public, trusts.
    Certificate(String),
}

impl FromStr for Way {
    type Err = Error;

    fn from_str(address: &str) -> Result<Self> {
        let (base, query) = address.split_once('?').unwrap_or((address, ""));
        let (mut mode, mut proof, mut roots) = (SslMode::Prefer, Proof::None, PUBLIC.to_owned());
        let mut rest = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("sslmode", "disable")) => mode = SslMode::Disable,
                Some(("sslmode", "prefer")) => mode = SslMode::Prefer,
                Some(("sslmode", "require")) => mode = SslMode::Require,
                Some(("sslmode", "verify-full")) => {
                    mode = SslMode::Require;
                    proof = Proof::Certificate(String::new());
                }
                Some(("sslmode", other)) => return Err(Error::SslMode(other.to_owned())),
                Some(("sslrootcert", file)) => roots = decoded(file),
                Some(_) | None => rest.push(pair),
            }
        }
        if let Proof::Certificate(file) = &mut proof {
            *file = roots;
        }
        let plain = if rest.is_empty() { base.to_owned() } else { format!("{base}?{}", rest.join("&")) };
        let mut config: Config = plain.parse().map_err(|_| Error::Address(without_password(address)))?;
        config.ssl_mode(mode);
        Ok(Self { config, tls: MakeRustlsConnect::new(client(&proof)?) })
    }
}

fn client(proof: &Proof) -> Result<ClientConfig> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider));
    let builder = builder.with_safe_default_protocol_versions().map_err(|wrong| tls(&wrong))?;
    Ok(match proof {
        Proof::None => {
            let anybody = Arc::new(Anybody { provider });
            builder.dangerous().with_custom_certificate_verifier(anybody).with_no_client_auth()
        }
        Proof::Certificate(file) => builder.with_root_certificates(roots(file)?).with_no_client_auth(),
    })
}

fn roots(file: &str) -> Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    if file == PUBLIC {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        return Ok(roots);
    }
    let wrong = |wrong: String| Error::Tls(format!("sslrootcert {file}: {wrong}"));
    let certificates = CertificateDer::pem_file_iter(file).map_err(|cause| wrong(cause.to_string()))?;
    for certificate in certificates {
        let certificate = certificate.map_err(|cause| wrong(cause.to_string()))?;
        roots.add(certificate).map_err(|cause| wrong(cause.to_string()))?;
    }
    if roots.is_empty() { Err(wrong("no certificate in it".to_owned())) } else { Ok(roots) }
}

fn tls(wrong: &rustls::Error) -> Error {
    Error::Tls(wrong.to_string())
}

/// `require` and `prefer`, as PostgreSQL's own programs mean them: encrypted, whoever the server is.
#[derive(Debug)]
struct Anybody {
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// An address as it may be shown.
fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    match rest.rsplit_once('@') {
        Some((_, host)) => format!("{scheme}://…@{host}"),
        None => address.to_owned(),
    }
}

/// A value of a query with its escapes read; what is no escape stays as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| first == b'%').and_then(|own| std::str::from_utf8(own).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mode_that_is_not_kept_to_is_refused_and_a_password_is_never_shown() {
        for mode in ["allow", "verify-ca", "on", ""] {
            let refused = format!("postgres://u:secret@h/d?sslmode={mode}").parse::<Way>();
            assert!(matches!(refused, Err(Error::SslMode(said)) if said == mode));
        }
        let wrong = "postgres://u:secret@h/d?nonsense=1".parse::<Way>().err().map(|error| error.to_string());
        let wrong = wrong.unwrap_or_default();
        assert!(wrong.contains("h/d?nonsense=1") && !wrong.contains("secret"), "{wrong}");
        let file = "postgres://h/d?sslmode=verify-full&sslrootcert=/no%20such/file".parse::<Way>().err();
        assert!(file.is_some_and(|error| error.to_string().contains("sslrootcert /no such/file")));
    }

    #[test]
    fn modes_are_those_of_the_address() {
        let mode = |query: &str| {
            let way: std::result::Result<Way, Error> = format!("postgres://h/d{query}").parse();
            way.map(|way| way.config.get_ssl_mode()).ok()
        };
        for (query, expected) in [
            ("", SslMode::Prefer),
            ("?sslmode=disable", SslMode::Disable),
            ("?connect_timeout=5&sslmode=require", SslMode::Require),
            ("?sslmode=verify-full", SslMode::Require),
            ("?sslmode=verify-full&sslrootcert=system", SslMode::Require),
        ] {
            assert_eq!(mode(query), Some(expected), "{query}");
        }
    }
}
