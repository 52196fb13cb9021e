//! A certificate authority for tests.

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

/// A certificate authority.
pub struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "test authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// Issues a certificate for 127.0.0.1, with its parameters adapted by `change`.
    pub fn certify(&self, change: impl FnOnce(&mut CertificateParams)) -> Certified {
        let mut params = loopback_params();
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        Certified { pem: params.signed_by(&key, &self.issuer).unwrap().pem(), key: key.serialize_pem() }
    }
}

fn loopback_params() -> CertificateParams {
    let mut params = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    params.distinguished_name.push(DnType::CommonName, "test server");
    params
}

/// A certificate and its key.
pub struct Certified {
    pem: String,
    key: String,
}

impl Certified {
    pub fn self_signed() -> Self {
        let key = KeyPair::generate().unwrap();
        Self { pem: loopback_params().self_signed(&key).unwrap().pem(), key: key.serialize_pem() }
    }

    pub fn pem(&self) -> String {
        self.pem.clone()
    }

    pub fn key_pem(&self) -> String {
        self.key.clone()
    }
}
