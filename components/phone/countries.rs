//! Countries and their calling codes (ITU-T E.164, with the area codes of those that share `+1`).

/// Each country's ISO 3166 code and its calling code; of those that share one, the one it is taken for first.
const COUNTRIES: &str = "\
AC247AD376AE971AF93AG1268AI1264AL355AM374AO244AR54AS1684AT43AU61AW297AZ994BA387BB1246BD880BE32BF226BG359\
BH973BI257BJ229BM1441BN673BO591BR55BS1242BT975BW267BY375BZ501US1CA1CD243CF236CG242CH41CI225CK682CL56\
CM237CN86CO57CR506CU53CV238CW599CY357CZ420DE49DJ253DK45DM1767DO1809EC593EE372EG20ER291ES34ET251FI358\
FJ679FK500FM691FO298FR33GA241GB44GD1473GE995GF594GG44GH233GI350GL299GM220GN224GP590GQ240GR30GT502GU1671\
GW245GY592HK852HN504HR385HT509HU36ID62IE353IL972IM44IN91IO246IQ964IR98IS354IT39JE44JM1876JO962JP81\
KE254KG996KH855KI686KM269KN1869KP850KR82KW965KY1345RU7KZ7LA856LB961LC1758LI423LK94LR231LS266LT370LU352\
LV371LY218MA212MC377MD373ME382MF590MG261MH692MK389ML223MM95MN976MO853MP1670MQ596MR222MS1664MT356MU230\
MV960MW265MX52MY60MZ258NA264NC687NE227NF672NG234NI505NL31NO47NP977NR674NU683NZ64OM968PA507PE51PF689\
PG675PH63PK92PL48PM508PR1787PS970PT351PW680PY595QA974RE262RO40RS381RW250SA966SB677SC248SD249SE46SG65\
SH290SI386SJ47SK421SL232SM378SN221SO252SR597SS211ST239SV503SX1721SY963SZ268TA290TC1649TD235TG228TH66\
TJ992TK690TL670TM993TN216TO676TR90TT1868TV688TW886TZ255UA380UG256UY598UZ998VA39VC1784VE58VG1284VI1340\
VN84VU678WF681WS685XK383YE967YT262ZA27ZM260ZW263AX358BL590BQ599CC61CX61EH212";

/// Countries where a leading `0` belongs to the number itself.
const KEEPING_ZERO: &[&str] = &["BF", "BJ", "CG", "CI", "IT", "SM", "VA"];

/// A country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// Its ISO 3166 code, e.g. `FR`.
    pub iso: &'static str,
    /// Its calling code, e.g. `33`.
    pub code: &'static str,
}

/// All of them.
pub fn all() -> impl Iterator<Item = Country> {
    let mut rest = COUNTRIES;
    std::iter::from_fn(move || {
        let (iso, after) = rest.split_at_checked(2)?;
        let end = after
            .find(|letter: char| !letter.is_ascii_digit())
            .unwrap_or(after.len());
        let (code, next) = after.split_at(end);
        rest = next;
        Some(Country { iso, code })
    })
}

/// The country with this ISO code.
pub fn find(iso: &str) -> Option<Country> {
    all().find(|country| country.iso == iso)
}

/// The country of the digits behind a `+`; of those that share a code, `now` stays.
pub fn of_digits(digits: &str, now: &str) -> Option<Country> {
    let mut found: Option<Country> = None;
    for country in all().filter(|it| digits.starts_with(it.code)) {
        let is_better = found.is_none_or(|best| {
            let is_longer = country.code.len() > best.code.len();
            is_longer || (country.code == best.code && country.iso == now)
        });
        if is_better {
            found = Some(country);
        }
    }
    found
}

/// The number without what is dialled before it only inside of its country.
pub fn national(country: Country, digits: &str) -> &str {
    let prefix = match (country.iso, country.code) {
        ("HU", _) => "06",
        (_, "7") if digits.len() == 11 => "8",
        (_, code) if code.starts_with('1') => "1",
        (iso, _) if KEEPING_ZERO.contains(&iso) => "",
        _ => "0",
    };
    digits.strip_prefix(prefix).unwrap_or(digits)
}
