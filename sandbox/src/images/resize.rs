//! An uploaded picture made small, medium and large. Pure.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

/// Pixels of the longer side, as of drawn pictures.
const SIZES: [u32; 3] = [160, 480, 1_200];

/// The largest picture that is decoded, in pixels a side and in bytes of memory: a small file may claim to be huge.
const LONGEST_SIDE: u32 = 8_000;
const MOST_MEMORY: u64 = 160 * 1024 * 1024;

/// A picture in three sizes.
pub(super) struct Sizes {
    pub(super) content_type: &'static str,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) small: Vec<u8>,
    pub(super) medium: Vec<u8>,
    pub(super) large: Vec<u8>,
}

/// Why a file is no picture that can be kept.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// Neither PNG nor JPEG nor WebP.
    Kind,
    /// One of them, but broken or too large.
    Content(String),
}

/// Decodes a file by what it holds, whatever it is called, and turns it upright.
///
/// Assumption: PNG, JPEG and WebP are taken; photographs stay JPEG, all else becomes PNG. Nothing is enlarged.
pub(super) fn resize(file: &[u8]) -> Result<Sizes, Unfit> {
    let format = image::guess_format(file).map_err(|_| Unfit::Kind)?;
    let (output, content_type) = match format {
        ImageFormat::Jpeg => (ImageFormat::Jpeg, "image/jpeg"),
        ImageFormat::Png | ImageFormat::WebP => (ImageFormat::Png, "image/png"),
        _ => return Err(Unfit::Kind),
    };
    let broken = |error: image::ImageError| Unfit::Content(error.to_string());
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    if decoder.total_bytes() > MOST_MEMORY {
        return Err(Unfit::Content("it has too many pixels".to_owned()));
    }
    let orientation = decoder.orientation().map_err(broken)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
    picture.apply_orientation(orientation);
    let [small, medium, large] = SIZES.map(|side| {
        let sized = if picture.width().max(picture.height()) > side {
            picture.thumbnail(side, side)
        } else {
            picture.clone()
        };
        // Neither format keeps floating point, and JPEG no transparency.
        let sized: DynamicImage = match output {
            ImageFormat::Jpeg => sized.into_rgb8().into(),
            _ => sized.into_rgba8().into(),
        };
        let mut file = Cursor::new(Vec::new());
        sized
            .write_to(&mut file, output)
            .map(|()| file.into_inner())
    });
    Ok(Sizes {
        content_type,
        width: picture.width(),
        height: picture.height(),
        small: small.map_err(broken)?,
        medium: medium.map_err(broken)?,
        large: large.map_err(broken)?,
    })
}
