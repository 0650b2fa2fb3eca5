//! Pictures that people send, drawn anew: small, square, and with nothing in them but what is seen.
//!
//! What is kept was written by us, whatever was sent. A file that says it is larger than anybody needs is refused
//! before a pixel of it is read, and one is drawn at a time, so that files made to fill the memory cannot.

use std::io::Cursor;
use std::sync::Arc;

use anyhow::Context as _;
use aws_lc_rs::digest::{SHA256, digest};
use axum::body::Bytes;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use frontdesk_protocol::ErrorCode;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};
use tokio::sync::Semaphore;

use crate::error::Error;

/// The most bytes of a file.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;
/// The form's field with the file, which refusals are about.
pub const FIELD: &str = "file";

/// The most pixels of a file.
const MOST_PIXELS: u64 = 4096 * 4096;
/// The most bytes that one file may need while it is read.
const MOST_MEMORY: u64 = 160 * 1024 * 1024;
/// The side of what is kept, in pixels; smaller ones stay as they are.
const SIDE: u32 = 512;
const JPEG_QUALITY: u8 = 85;
/// How many may wait.
const QUEUE: usize = 8;

/// A picture as it is kept.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The hash of the bytes, which is its name.
    pub hash: String,
    /// The media type.
    pub kind: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Draws pictures, one at a time.
#[derive(Clone, Debug)]
pub struct Studio {
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Default for Studio {
    fn default() -> Self {
        Self {
            running: Arc::new(Semaphore::new(1)),
            waiting: Arc::new(Semaphore::new(QUEUE + 1)),
        }
    }
}

impl Studio {
    /// Draws what was sent anew.
    ///
    /// # Errors
    /// `FormParamFormatInvalid` for what is no PNG, JPEG, WebP or GIF, `FormParamMaxLengthExceeded` for what is too
    /// large, `ServiceUnavailable` where too many wait already.
    pub async fn draw(&self, file: Bytes) -> Result<Picture, Error> {
        let Ok(_place) = self.waiting.try_acquire() else {
            return Err(Error::Busy(2));
        };
        let permit = Arc::clone(&self.running).acquire_owned().await;
        let permit = permit.context("the studio is closed")?;
        let drawn = tokio::task::spawn_blocking(move || {
            let drawn = draw(&file);
            drop(permit);
            drawn
        });
        drawn
            .await
            .context("a picture was not finished")?
            .map_err(|code| Error::at(code, FIELD))
    }
}

fn draw(file: &[u8]) -> Result<Picture, ErrorCode> {
    let image = open(file)?;
    let image = square(image);
    write(&image).map_err(|_| ErrorCode::FormParamFormatInvalid)
}

/// The picture in a file, the right way up.
fn open(file: &[u8]) -> Result<DynamicImage, ErrorCode> {
    const UNREADABLE: ErrorCode = ErrorCode::FormParamFormatInvalid;
    const TOO_LARGE: ErrorCode = ErrorCode::FormParamMaxLengthExceeded;
    if file.len() > MOST_BYTES {
        return Err(TOO_LARGE);
    }
    // By what it is, not by what it is called.
    let format = image::guess_format(file).map_err(|_| UNREADABLE)?;
    let known = [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::WebP,
        ImageFormat::Gif,
    ];
    if !known.contains(&format) {
        return Err(UNREADABLE);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(|_| UNREADABLE)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(TOO_LARGE);
    }
    limits
        .reserve(decoder.total_bytes())
        .map_err(|_| TOO_LARGE)?;
    decoder.set_limits(limits).map_err(|_| TOO_LARGE)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| UNREADABLE)?;
    if image.width().min(image.height()) > SIDE {
        image = smaller(&image);
    }
    image.apply_orientation(orientation);
    Ok(image)
}

/// The same with a shorter side of [`SIDE`].
fn smaller(image: &DynamicImage) -> DynamicImage {
    let shorter = image.width().min(image.height());
    let scaled = |side: u32| {
        let side = u64::from(side) * u64::from(SIDE) / u64::from(shorter);
        u32::try_from(side).unwrap_or(SIDE).max(SIDE)
    };
    image.thumbnail_exact(scaled(image.width()), scaled(image.height()))
}

/// The square in the middle.
fn square(image: DynamicImage) -> DynamicImage {
    let (width, height) = (image.width(), image.height());
    let side = width.min(height);
    if width == height {
        return image;
    }
    image.crop_imm((width - side) / 2, (height - side) / 2, side, side)
}

/// A file of ours: what one can see through is PNG, everything else JPEG.
fn write(image: &DynamicImage) -> image::ImageResult<Picture> {
    let mut bytes = Vec::new();
    let is_clear = image.color().has_alpha() && {
        let pixels = image.to_rgba8();
        pixels.pixels().any(|pixel| pixel.0[3] < u8::MAX)
    };
    let kind = if is_clear {
        let pixels = DynamicImage::from(image.to_rgba8());
        pixels.write_with_encoder(PngEncoder::new(&mut bytes))?;
        "image/png"
    } else {
        let pixels = DynamicImage::from(image.to_rgb8());
        pixels.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY))?;
        "image/jpeg"
    };
    let hash = digest(&SHA256, &bytes);
    Ok(Picture {
        hash: URL_SAFE_NO_PAD.encode(hash),
        kind,
        bytes,
    })
}
