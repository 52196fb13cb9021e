//! Certificates, made on the spot.

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

/// A certificate authority.
pub struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "an authority for tests");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// A certificate for 127.0.0.1, but for what `change` changes.
    pub fn certify(&self, change: impl FnOnce(&mut CertificateParams)) -> Certified {
        let mut params = for_this_machine();
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        Certified { pem: params.signed_by(&key, &self.issuer).unwrap().pem(), key: key.serialize_pem() }
    }
}

fn for_this_machine() -> CertificateParams {
    let mut params = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    params.distinguished_name.push(DnType::CommonName, "a server for tests");
    params
}

/// A certificate and its key.
pub struct Certified {
    pem: String,
    key: String,
}

impl Certified {
    pub fn by_itself() -> Self {
        let key = KeyPair::generate().unwrap();
        Self { pem: for_this_machine().self_signed(&key).unwrap().pem(), key: key.serialize_pem() }
    }

    pub fn pem(&self) -> String {
        self.pem.clone()
    }

    pub fn key_pem(&self) -> String {
        self.key.clone()
    }
}
