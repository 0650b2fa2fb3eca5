//! Each form of hash, as other people's software writes it, and what is refused.

use super::{Foreign, Refused};

pub const PASSWORD: &str = "correct horse battery staple \u{e9}";

/// Made by hashlib, bcrypt, argon2-cffi, passlib, Werkzeug, Django, and firebase-scrypt.
const HASHES: &[(&str, &str)] = &[
    (
        "bcrypt",
        "$2b$05$Gb4YPM9qo4cIbs0tCSKSXu846uOxAL/8.gF6cWSxpdsVv73MFv7Yi",
    ),
    (
        "bcrypt",
        "$2a$04$7fAy/dJWMGm0DAlKSLKCK.wJGRyjw3cxXXgVrKCY8gLpKNKVfanQa",
    ),
    (
        "bcrypt_sha256_django",
        "bcrypt_sha256$$2b$04$ivRYHTmvUGxeU8QhCr5Awu9nLyunn.ZFY0bJdVo6F34QLwSeRIyJu",
    ),
    (
        "argon2id",
        "$argon2id$v=19$m=1024,t=2,p=2$0raVLHSIO0TlUJzR5K3DhA$AiWyL6QVmac3upankaxQSAMuEHWEBDeo2jHfdC3t10Q",
    ),
    (
        "argon2i",
        "$argon2i$v=19$m=512,t=3,p=1$ExNCGVTkvUk+2ksAMkL+lw$Wpx6sPLOc33PCgIc0vQZuM2Nji5Y8HVFKJ218omyDlE",
    ),
    (
        "scrypt",
        "$scrypt$ln=10,r=8,p=1$S19dbJ2odbx0ee5lslcGYQ$7ODJ4KGnQq/soEqyez3uggcPs9E6qtkoSbRtnxF3G9w",
    ),
    (
        "scrypt",
        "$scrypt$ln=9,r=8,p=1$/5/TWkspRWjNWWuN8R7DGA$H//uRsCGXRWHKEVMzXC5mP6+imTtZ4cY2kURd6tERUI",
    ),
    (
        "scrypt_werkzeug",
        "scrypt:1024:8:1$fZT5ovj8shJDJ6ns$1f5a0650ee0cd644772c958d0d82c7255913ebc09555599dd0c3584e9aeb35f8a6b78735b1131433e05883ea3198d39cc9a532944b046b19f2daad0b16149314",
    ),
    (
        "pbkdf2_sha1",
        "pbkdf2_sha1$1000$saltsalt$8691f838d7443157745e83980f42de1bcf5ff5a3",
    ),
    (
        "pbkdf2_sha1",
        "pbkdf2_sha1$1000$saltsalt$8691f838d7443157745e83980f42de1bcf5ff5a3c1cbde01d3a441bd5217b10b$32",
    ),
    (
        "pbkdf2_sha256",
        "pbkdf2_sha256$2000$S19dbJ2odbx0ee5lslcGYQ==$iUumS2ZMPhRulN91tgUp8qrCF1Arrh+ZFkf+y45bXD8=",
    ),
    (
        "pbkdf2_sha256_django",
        "pbkdf2_sha256$3000$seasalt$3FBzg/jDQamBDuBzUlD9rmRw897+JdWOVb9FMhjrTM4=",
    ),
    (
        "pbkdf2_sha512",
        "pbkdf2_sha512$1500$saltsalt$4119d9398f33f9c100db805fd5184fe17dc7bd28c25d3b98d2edd946269400bbff3602100b01f56141d091838a0e065e3b0446d102ecaaca3c7040060fdf25e5",
    ),
    (
        "pbkdf2_sha512_hex",
        "pbkdf2_sha512_hex$1500$4b5f5d6c9da875bc7479ee65b2570661$d772fedaa4272c99c9269c43959864a781188b2fa3e5d89b8d66d5a22d260f2ceee507c9acb1a3cb093c0f48b9a9d1e5931eac97f026a44b5581b15e9b39d5db",
    ),
    ("phpass", "$P$66FoxpTG73c5PndfgiY//KWvswgcDU1"),
    ("phpass", "$H$6HHrQu0Prnc7y98gQpw.wkTnofLiPE0"),
    ("md5", "993a8b444dc7dcec017df34001e8d923"),
    ("md5_salted", "pepper$c442ca332526ad6591e7cb3cb7396414"),
    ("md5_phpass", "U$P$7mZKSArKMvAcgN7OCYZLhHm04W3h2S0"),
    (
        "sha256",
        "4e2ca441a9aaaaca0db4bf467fb8cec343a67e5bb7afd3a634e1a1b408aec059",
    ),
    (
        "sha256_salted",
        "pepper$cb2ada7663a0be224a71061a05335ddfb0ceb776efd7ffa6da7f27e271777542",
    ),
    ("ldap_ssha", "{SSHA}j+Xr3j9ucjSkyUvkHXl6P9KEh5/qvVcq"),
    (
        "ldap_ssha",
        "{SSHA256}9D3+RdFZT7tjkf+n3UG+G8FSJQmg34iYCSMsNkHglOr1/n/PWYuxNg==",
    ),
    (
        "ldap_ssha",
        "{SSHA512}8w2dnxAAm9NI4q81JlW9uQiiBKFejUkDcLq37mnG6XS/NGwKZqUVLoSdkCWNdUfUNZdJdpww7RlnR8Ttl7l9xJjTGkNIScmZ",
    ),
    (
        "sha512_symfony",
        "sha512_symfony$5000$sea$3JD0VOJY3tWb6u7PldodLCF0oiGeF3vZ20ga05ZyrrZVHxRCMER0e3uvoE698FJ1jahCh1A/2Hl5YdJW9MiXiQ==",
    ),
    (
        "django",
        "pbkdf2_sha256$1000$seasalt$uPNvHm1x34bcytmbJkdxMve/igvH6JMvy7eVJDJdaUo=",
    ),
    (
        "django",
        "pbkdf2_sha1$1000$seasalt$qgXLDbIycnela9qeeMkSjbPl/0s=",
    ),
    (
        "django",
        "argon2$argon2id$v=19$m=1024,t=2,p=1$YzdMZU1mcTVtb2N4RWNxWkJocmJCcw$7bxDsxXy9+f8Xx79iLfnHe/t0xXn/KxAQeCi2/pFmVI",
    ),
    (
        "django",
        "bcrypt_sha256$$2b$04$VwQlrzpJrVXJz750xtjCeOFxNTaqYm.Ig3h5Lo60nJd8Xq/jT62im",
    ),
    (
        "django",
        "bcrypt$$2b$04$JbZgC3Q2jzYxmjgMOe30xOFZy7RwrOo9JR1.NkETWlCVaWGbvwX1S",
    ),
    (
        "django",
        "scrypt$1024$seasalt$8$5$AMazEo6wZkkfw7SCPg3LBCTdhyM1vGhFZyqx0iZJYVHn4hsP6KpCvaYap6NdHpj6bDTUFa9oMplvO8gPooTaAg==",
    ),
    ("django", "md5$seasalt$2e4de3a5ecbc1886265d0b202e4d281f"),
    (
        "django",
        "sha1$seasalt$183e394a8bb70de20c071b9b05115c8c0a006872",
    ),
    (
        "scrypt_firebase",
        "FzGbQ4WRgOtr1eXJdnFudsHdpr9GkT8wmTESu1CBz0Im0V7xAME32xoqfv8cUk/5UIa4wZZAUlobQa+xsVbjPw==$42xEC+ixf3L2lw==$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$Bw==$8$10",
    ),
];

fn is_of(foreign: &Foreign, password: &str) -> bool {
    foreign.is_of(password.as_bytes(), |_, _| false)
}

#[test]
fn each_hash_is_of_its_password_alone() {
    for (hasher, text) in HASHES {
        let foreign = Foreign::parse(hasher, text).unwrap();
        assert!(is_of(&foreign, PASSWORD), "{hasher} {text}");
        assert!(!is_of(&foreign, "correct horse battery staple"), "{text}");
        assert!(!is_of(&foreign, ""), "{hasher} {text}");
        let stored = Foreign::read(&foreign.write().unwrap());
        assert_eq!(stored.as_ref(), Some(&foreign), "{hasher} {text}");
    }
}

#[test]
fn hashes_of_published_vectors_are_right() {
    // RFC 6070, the first of RFC 7914 §12 that is long enough, the parameters of firebase/scrypt, and RFC 1321 §A.5.
    for (hasher, text, password) in [
        (
            "pbkdf2_sha1",
            "pbkdf2_sha1$4096$salt$4b007901b765489abead49d926f721d065a429c1",
            "password",
        ),
        (
            "pbkdf2_sha1",
            "pbkdf2_sha1$4096$saltSALTsaltSALTsaltSALTsaltSALTsalt$3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038",
            "passwordPASSWORDpassword",
        ),
        (
            "scrypt_werkzeug",
            "scrypt:16384:8:1$SodiumChloride$7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887",
            "pleaseletmein",
        ),
        (
            "scrypt_firebase",
            "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==$42xEC+ixf3L2lw==$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$Bw==$8$14",
            "user1password",
        ),
        (
            "md5",
            "c3fcd3d76192e4007dfb496cca67e13b",
            "abcdefghijklmnopqrstuvwxyz",
        ),
    ] {
        let foreign = Foreign::parse(hasher, text).unwrap();
        assert!(is_of(&foreign, password), "{hasher} {text}");
    }
}

#[test]
fn a_hash_that_costs_too_much_is_refused() {
    let salt = "c2FsdHNhbHQ";
    let hash = "hjFUPgvBsHaFDzhItMs9kDNuzBUlO71wdYWbk9rMUEc";
    let long = "ab".repeat(2000);
    for (hasher, text) in [
        (
            "argon2id",
            format!("$argon2id$v=19$m=262145,t=1,p=1${salt}${hash}"),
        ),
        (
            "argon2id",
            format!("$argon2id$v=19$m=262144,t=5,p=1${salt}${hash}"),
        ),
        (
            "argon2id",
            format!("$argon2id$v=19$m=1024,t=11,p=1${salt}${hash}"),
        ),
        (
            "argon2id",
            format!("$argon2id$v=19$m=1024,t=2,p=5${salt}${hash}"),
        ),
        (
            "bcrypt",
            "$2b$15$GSgh4.XVZxnJIpyeEaqSiePOywllqNrGBRXCzEig0D2HP9gQE0kB2".to_owned(),
        ),
        ("scrypt", format!("$scrypt$ln=19,r=8,p=1${salt}${hash}")),
        ("scrypt", format!("$scrypt$ln=15,r=8,p=100${salt}${hash}")),
        (
            "scrypt",
            format!("$scrypt$ln=63,r=4294967295,p=1${salt}${hash}"),
        ),
        (
            "pbkdf2_sha256_django",
            format!("pbkdf2_sha256$2000001$salt${hash}="),
        ),
        (
            "pbkdf2_sha1",
            format!("pbkdf2_sha1$1000000$salt${}", &long[..120]),
        ),
        ("pbkdf2_sha1", format!("pbkdf2_sha1$1$salt${long}")),
        (
            "phpass",
            "$P$J12345678012345678901234567890A".replace("$P$J", "$P$Z"),
        ),
        (
            "sha512_symfony",
            format!("sha512_symfony$1000001$sea${}==", "A".repeat(86)),
        ),
        (
            "md5_salted",
            format!("{long}$c3fcd3d76192e4007dfb496cca67e13b"),
        ),
    ] {
        assert_eq!(
            Foreign::parse(hasher, &text),
            Err(Refused::Digest),
            "{text}"
        );
    }
}

#[test]
fn what_is_no_hash_of_its_hasher_is_refused() {
    for (hasher, text) in HASHES {
        for (other, _) in HASHES {
            // Those of the same shape cannot be told apart.
            if let Ok(foreign) = Foreign::parse(other, text) {
                assert!(is_of(&foreign, PASSWORD) || text.matches('$').count() < 5);
            }
        }
        for end in 0..text.len() {
            if let Ok(foreign) = Foreign::parse(hasher, &text[..end]) {
                assert!(
                    !foreign.is_of(b"", |_, _| false),
                    "{hasher} {text} to {end}"
                );
            }
        }
    }
    for text in [
        "",
        "$",
        "$$$$$$",
        "pbkdf2_sha256$0$salt$AAAAAAAAAAAAAAAAAAAAAA==",
        "$2x$05$GSgh4.XVZxnJIpyeEaqSiePOywllqNrGBRXCzEig0D2HP9gQE0kB2",
    ] {
        for hasher in [
            "argon2id",
            "bcrypt",
            "scrypt",
            "scrypt_firebase",
            "pbkdf2_sha256_django",
            "phpass",
            "md5",
            "ldap_ssha",
            "django",
        ] {
            assert!(Foreign::parse(hasher, text).is_err(), "{hasher} {text}");
        }
    }
    assert_eq!(Foreign::parse("rot13", "cnffjbeq"), Err(Refused::Hasher));
}

#[test]
fn what_can_be_guessed_fast_is_not_kept_as_it_is() {
    let is_bare = |hasher: &str| {
        let text = HASHES.iter().find(|(it, _)| *it == hasher).unwrap().1;
        Foreign::parse(hasher, text).unwrap().bare().is_some()
    };
    for hasher in [
        "md5",
        "md5_salted",
        "md5_phpass",
        "phpass",
        "sha256",
        "ldap_ssha",
        "sha512_symfony",
    ] {
        assert!(is_bare(hasher), "{hasher}");
    }
    for hasher in [
        "bcrypt",
        "argon2id",
        "scrypt",
        "scrypt_firebase",
        "pbkdf2_sha256",
    ] {
        assert!(!is_bare(hasher), "{hasher}");
    }
}
