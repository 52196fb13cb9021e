operations! {
    brew_tea: |client: &genauth::AuthenticationClient| client.brew_tea(genauth::types::TeaKind::GreenTea, genauth::types::TeaStrength::Strong, 80);
    list_teas: |client: &genauth::AuthenticationClient| client.list_teas();
    order_tea: |client: &genauth::AuthenticationClient| client.order_tea(genauth::types::TeaStrength::Mild, 80).sugar(genauth::types::Sugar::new(2));
    clash: |client: &genauth::AuthenticationClient| client.clash("a", "a", "a", "a", "a", "a", "a", "a");
    issue_tokens: |client: &genauth::AuthenticationClient| client.issue_tokens("code", "a-ZQXJ-secret");
    exchange_phone_code: |client: &genauth::AuthenticationClient| client.exchange_phone_code("a-ZQXJ-secret", &serde_json::json!("a-ZQXJ-secret"));
    validate_ticket: |client: &genauth::AuthenticationClient| client.validate_ticket();
    option: |client: &genauth::AuthenticationClient| client.option();
    operation: |client: &genauth::AuthenticationClient| client.operation(genauth::types::Default::new("a"));
    change_blend: |client: &genauth::AuthenticationClient| client.change_blend("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "a-ZQXJ-secret");
    reserve: |client: &genauth::AuthenticationClient| client.reserve("a", "a").a_parameter("a").self_parameter("a").run_("a").timeout_parameter("a").new_("a").header_("a").nested(genauth::types::NestedDto::new().new_("a").timeout("a"));
}
url_operations! {
    build_login_url: |client: &genauth::AuthenticationClient| client.build_login_url();
    build_blends_url: |client: &genauth::AuthenticationClient| client.build_blends_url();
}
schemas! {
    OauthErrorDto: OauthErrorDto;
    BrewTeaDto: BrewTeaDto;
    Sugar: Sugar;
    Cup: Cup;
    CupPage: CupPage;
    ClashDto: ClashDto;
    TokenDto: TokenDto;
    TokensDto: TokensDto;
    PhoneCodeDto: PhoneCodeDto;
    PhoneDto: PhoneDto;
    ReservedDto: ReservedDto;
    NestedDto: NestedDto;
    BlendDto: BlendDto;
    BlendHolder: BlendHolder;
    Blend: Blend;
    Option: Option;
    String: String;
    Vec: Vec;
    Into: Into;
    Default: Default;
    Leaf: Leaf;
}
