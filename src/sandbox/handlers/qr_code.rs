//! QR codes.

use base64::prelude::{BASE64_STANDARD, Engine};
use qrcode::{Color, QrCode};

use super::error::ApiError;

/// The size of a module, and the width of the quiet zone in modules, which scanners need.
const SCALE: usize = 4;
const QUIET_ZONE: usize = 4;

/// A QR code of a text, as a `data:` URL with a PNG.
pub fn data_url(text: &str) -> Result<String, ApiError> {
    let failed = |reason: String| ApiError::new(500, format!("cannot draw the QR code: {reason}"));
    let code = QrCode::new(text).map_err(|error| failed(error.to_string()))?;
    let modules = code.width();
    let width = (modules + 2 * QUIET_ZONE) * SCALE;
    let is_dark = |x: usize, y: usize| {
        let module = |position: usize| (position / SCALE).checked_sub(QUIET_ZONE).filter(|index| *index < modules);
        module(x).zip(module(y)).is_some_and(|(x, y)| code[(x, y)] == Color::Dark)
    };
    let pixels: Vec<u8> = (0..width * width).map(|at| if is_dark(at % width, at / width) { 0 } else { 255 }).collect();
    let png = png(&pixels, width).map_err(|error| failed(error.to_string()))?;
    Ok(format!("data:image/png;base64,{}", BASE64_STANDARD.encode(png)))
}

/// A grayscale PNG of a square.
fn png(pixels: &[u8], width: usize) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let side = u32::try_from(width).unwrap_or_default();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn png_shows_the_modules_inside_a_quiet_zone() {
        let text = "otpauth://totp/Sandbox:lin@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Sandbox";
        let Ok(url) = data_url(text) else { panic!("no QR code") };
        let png = BASE64_STANDARD.decode(url.strip_prefix("data:image/png;base64,").unwrap()).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let width = reader.info().width as usize;
        let mut pixels = vec![0; width * width];
        reader.next_frame(&mut pixels).unwrap();
        let code = QrCode::new(text).unwrap();
        assert_eq!(width, (code.width() + 2 * QUIET_ZONE) * SCALE);
        let pixel = |x: usize, y: usize| pixels[y * SCALE * width + x * SCALE];
        assert!((0..QUIET_ZONE).all(|at| pixel(at, at) == 255));
        for y in 0..code.width() {
            for x in 0..code.width() {
                let expected = if code[(x, y)] == Color::Dark { 0 } else { 255 };
                assert_eq!(pixel(x + QUIET_ZONE, y + QUIET_ZONE), expected, "{x}, {y}");
            }
        }
    }
}
