//! Pictures: what may be sent, what is made of it, and who sees it.

use std::io::Cursor;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use frontdesk_client::Value;
use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView as _, ImageFormat, Rgba, RgbaImage};
use sqlx::{Connection as _, Row as _};

use crate::site::{Browser, Site, on_sites};

const MINE: &str = "/v1/me/profile_image";
const RED: Rgba<u8> = Rgba([200, 0, 0, 255]);
const BLUE: Rgba<u8> = Rgba([0, 0, 200, 255]);

/// A picture that is red on the left and blue on the right.
pub fn picture(width: u32, height: u32) -> DynamicImage {
    let pixels = RgbaImage::from_fn(width, height, |x, _| if x < width / 2 { RED } else { BLUE });
    pixels.into()
}

pub fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let flat = DynamicImage::from(picture.to_rgb8());
    let picture = if format == ImageFormat::Jpeg {
        &flat
    } else {
        picture
    };
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG that says it lies on its side, and where it was taken.
fn taken_sideways(picture: &DynamicImage) -> Vec<u8> {
    let plain = file(picture, ImageFormat::Jpeg);
    let mut exif =
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend(b"51.5007N 0.1246W");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let mut whole = plain[..2].to_vec();
    whole.extend([0xff, 0xe1]);
    whole.extend(length);
    whole.extend(exif);
    whole.extend(&plain[2..]);
    whole
}

/// Sends a file as browsers do.
pub async fn send(browser: &Browser, path: &str, file: &[u8]) -> (u16, Value) {
    let mut body =
        b"--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"me.png\"\r\n\
        content-type: image/png\r\n\r\n"
            .to_vec();
    body.extend(file);
    body.extend(b"\r\n--edge--\r\n");
    let kind = "multipart/form-data; boundary=edge";
    browser.upload(path, kind, body).await
}

/// Asks for a picture as a stranger's page does.
pub async fn look(site: &Site, url: &str) -> (u16, HeaderMap, Bytes) {
    let request = Request::get(url).header("cookie", "frontdesk_client=anything");
    site.bytes(request.body(Body::empty()).unwrap()).await
}

async fn image_url(browser: &Browser) -> String {
    let (_, me) = browser.get("/v1/me").await;
    let user = &me["response"];
    let url = user["image_url"].as_str().unwrap().to_owned();
    assert_eq!(user["has_image"], !url.is_empty());
    url
}

/// How many pictures are kept.
async fn kept(site: &Site) -> i64 {
    let database = &site.app.config.options.database;
    let mut connection = sqlx::AnyConnection::connect(database).await.unwrap();
    let found = sqlx::query("SELECT COUNT(*) FROM pictures")
        .fetch_one(&mut connection)
        .await;
    let kept = found.unwrap().get(0);
    connection.close().await.unwrap();
    kept
}

fn refused(answer: &(u16, Value)) -> (u16, String) {
    let error = &answer.1["errors"][0];
    assert_eq!(error["meta"]["param_name"], "file", "{}", answer.1);
    (answer.0, error["code"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_form_without_files_may_hold_one_as_text() {
    on_sites(async |site| {
        let browser = site.signed_up().await;
        let png = file(&picture(64, 64), ImageFormat::Png);
        let address = format!("data:image/png;base64,{}", STANDARD.encode(png));
        let form = |file: &str| serde_urlencoded::to_string([("file", file)]).unwrap();
        let kind = "application/x-www-form-urlencoded";
        let (status, answer) = browser.upload(MINE, kind, form(&address).into()).await;
        assert_eq!(status, 200, "{answer}");
        assert_ne!(image_url(&browser).await, "");
        let nothing = browser.upload(MINE, kind, b"other=1".to_vec()).await;
        assert_eq!(refused(&nothing).1, "form_param_nil");
        let text = browser
            .upload(MINE, kind, form("data:text/plain;base64,bm8=").into())
            .await;
        assert_eq!(refused(&text).1, "form_param_format_invalid");
    })
    .await;
}

#[tokio::test]
async fn what_is_sent_comes_back_small_and_square_to_every_page() {
    on_sites(async |site| {
        let browser = site.signed_up().await;
        assert_eq!(image_url(&browser).await, "");
        let formats = [
            ImageFormat::Png,
            ImageFormat::Jpeg,
            ImageFormat::WebP,
            ImageFormat::Gif,
        ];
        for format in formats {
            let sent = file(&picture(1200, 600), format);
            let (status, answer) = send(&browser, MINE, &sent).await;
            assert_eq!(status, 200, "{format:?}: {answer}");
            let url = image_url(&browser).await;
            assert_eq!(answer["response"]["object"], "image");
            assert_eq!(answer["response"]["public_url"], url);
            let session = &answer["client"]["sessions"][0];
            assert_eq!(session["user"]["image_url"], url);
            assert_eq!(session["public_user_data"]["image_url"], url);
            assert!(url.starts_with("http://localhost:4000/v1/pictures/"));
            let (status, headers, bytes) = look(&site, &url).await;
            assert_eq!((status, headers.get("set-cookie")), (200, None));
            let told = |name| headers.get(name).map_or("", |it| it.to_str().unwrap());
            assert_eq!(told("content-type"), "image/jpeg");
            assert_eq!(told("x-content-type-options"), "nosniff");
            assert_eq!(told("access-control-allow-origin"), "*");
            assert_eq!(told("access-control-allow-credentials"), "");
            assert_eq!(told("cross-origin-resource-policy"), "cross-origin");
            assert_eq!(
                told("content-security-policy"),
                "default-src 'none'; sandbox"
            );
            assert!(told("cache-control").contains("immutable"));
            let shown = image::load_from_memory(&bytes).unwrap();
            assert_eq!(shown.dimensions(), (512, 512));
            let (left, right) = (shown.get_pixel(5, 256), shown.get_pixel(506, 256));
            assert!(left.0[0] > 150 && left.0[2] < 60, "{format:?}: {left:?}");
            assert!(right.0[2] > 150 && right.0[0] < 60, "{format:?}: {right:?}");
        }
        assert_eq!(look(&site, "/v1/pictures/nothing").await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn it_stands_upright_and_says_nothing_of_where_it_was_taken() {
    on_sites(async |site| {
        let browser = site.signed_up().await;
        let sent = taken_sideways(&picture(64, 64));
        assert!(sent.windows(7).any(|part| part == b"51.5007"));
        let (status, answer) = send(&browser, MINE, &sent).await;
        assert_eq!(status, 200, "{answer}");
        let (_, _, bytes) = look(&site, &image_url(&browser).await).await;
        for word in [&b"51.5007"[..], b"Exif"] {
            assert!(!bytes.windows(word.len()).any(|part| part == word));
        }
        let shown = image::load_from_memory(&bytes).unwrap();
        let mut turned = picture(64, 64);
        turned.apply_orientation(Orientation::Rotate90);
        for (x, y) in [(5, 5), (58, 5), (5, 58), (58, 58)] {
            let (shown, meant) = (shown.get_pixel(x, y), turned.get_pixel(x, y));
            assert!(shown.0[0].abs_diff(meant.0[0]) < 40, "{x} {y}: {shown:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_one_can_see_through_stays_so() {
    on_sites(async |site| {
        let browser = site.signed_up().await;
        let clear: DynamicImage = RgbaImage::from_pixel(40, 40, Rgba([9, 9, 9, 0])).into();
        assert_eq!(
            send(&browser, MINE, &file(&clear, ImageFormat::Png))
                .await
                .0,
            200
        );
        let (_, headers, bytes) = look(&site, &image_url(&browser).await).await;
        assert_eq!(headers["content-type"], "image/png");
        let shown = image::load_from_memory(&bytes).unwrap();
        assert_eq!(shown.get_pixel(20, 20).0[3], 0);
    })
    .await;
}

#[tokio::test]
async fn a_file_may_be_sent_alone_and_as_text() {
    on_sites(async |site| {
        let browser = site.signed_up().await;
        let sent = file(&picture(30, 30), ImageFormat::Png);
        let text = STANDARD.encode(&sent);
        let bodies = [
            sent.clone(),
            text.clone().into_bytes(),
            format!("data:image/png;base64,{text}").into_bytes(),
        ];
        let mut urls = Vec::new();
        for body in bodies {
            let kind = "application/octet-stream";
            let (status, answer) = browser.upload(MINE, kind, body).await;
            assert_eq!(status, 200, "{answer}");
            urls.push(image_url(&browser).await);
        }
        assert!(urls.iter().all(|url| url == &urls[0]), "{urls:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_no_picture_or_too_large_is_refused_and_nothing_changes() {
    const UNREADABLE: (u16, &str) = (422, "form_param_format_invalid");
    const TOO_LARGE: (u16, &str) = (422, "form_param_max_length_exceeded");
    on_sites(async |site| {
        let browser = site.signed_up().await;
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
        let mut cut = file(&picture(300, 300), ImageFormat::Png);
        cut.truncate(cut.len() / 2);
        let mut bomb = file(&picture(8, 8), ImageFormat::Png);
        bomb[16..24].copy_from_slice(&[0, 0, 0x80, 0, 0, 0, 0x80, 0]);
        // The check of the header, which says that it is 32768 wide and as high.
        let sum = crc(&bomb[12..29]).to_be_bytes();
        bomb[29..33].copy_from_slice(&sum);
        let flat: DynamicImage = RgbaImage::from_pixel(4200, 4200, RED).into();
        let flat = file(&flat, ImageFormat::Png);
        assert!(flat.len() < 2 * 1024 * 1024);
        let (long, longer) = (vec![0; 2 * 1024 * 1024 + 1], vec![0; 4 * 1024 * 1024]);
        let cases: [(&str, &[u8], (u16, &str)); 9] = [
            ("an SVG", svg, UNREADABLE),
            ("a page", b"<!doctype html><script>", UNREADABLE),
            ("half a picture", &cut, UNREADABLE),
            (
                "another kind",
                b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0",
                UNREADABLE,
            ),
            ("a bomb", &bomb, TOO_LARGE),
            ("many pixels", &flat, TOO_LARGE),
            ("many bytes", &long, TOO_LARGE),
            ("very many bytes", &longer, TOO_LARGE),
            ("nothing", b"", (422, "form_param_nil")),
        ];
        for (name, sent, (status, code)) in cases {
            let answer = refused(&send(&browser, MINE, sent).await);
            assert_eq!(answer, (status, code.to_owned()), "{name}");
        }
        let text = browser.submit(MINE, &[("file", "x")]).await;
        assert_eq!(refused(&text), (UNREADABLE.0, UNREADABLE.1.to_owned()));
        let other = browser.upload(MINE, "text/plain", b"x".to_vec()).await;
        assert_eq!(other.0, 400, "{}", other.1);
        assert_eq!(image_url(&browser).await, "");
        let stranger = site.browser();
        let sent = file(&picture(8, 8), ImageFormat::Png);
        assert_eq!(send(&stranger, MINE, &sent).await.0, 401);
        assert_eq!(kept(&site).await, 0);
    })
    .await;
}

fn crc(bytes: &[u8]) -> u32 {
    bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xedb8_8320 * (sum & 1))
        })
    }) ^ u32::MAX
}

#[tokio::test]
async fn a_picture_is_gone_with_the_next_one_and_with_its_owner() {
    on_sites(async |site| {
        let browser = site.signed_up().await;
        let sent = |side| file(&picture(side, side), ImageFormat::Png);
        send(&browser, MINE, &sent(20)).await;
        let first = image_url(&browser).await;
        send(&browser, MINE, &sent(30)).await;
        let second = image_url(&browser).await;
        assert_ne!(first, second);
        assert_eq!(look(&site, &first).await.0, 404);
        let other = site.signed_up().await;
        send(&other, MINE, &sent(30)).await;
        assert_eq!(image_url(&other).await, second, "one picture has one name");
        let path = format!("{MINE}?_method=DELETE");
        let (status, answer) = browser.post(&path, "").await;
        assert_eq!(
            (status, &answer["response"]["deleted"]),
            (200, &true.into())
        );
        assert_eq!(image_url(&browser).await, "");
        assert_eq!(look(&site, &second).await.0, 200, "it is the other's too");
        assert_eq!(
            browser.post(&path, "").await.0,
            200,
            "there is none already"
        );
        other.post(&path, "").await;
        assert_eq!(look(&site, &second).await.0, 404);
        assert_eq!(kept(&site).await, 0);
    })
    .await;
}
