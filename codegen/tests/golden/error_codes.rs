impl ApiStatus {
    ///200: The call succeeded.
    pub const OK: Self = Self(200i64);
}
impl ApiCode {
    ///418: It is a teapot.
    pub const TEAPOT: Self = Self(418i64);
}
