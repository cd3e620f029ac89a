//! A picture from its name: `<glyph>-<variant>` chooses the drawing, its tint and its turn.

use super::glyphs::glyph;

/// Backgrounds from light to a little deeper, and the ink that goes with each.
const TINTS: [(&str, &str, &str); 8] = [
    ("#f2f5f9", "#dfe7f1", "#35506e"),
    ("#f3f7f4", "#deebe2", "#335c46"),
    ("#f8f5f0", "#eee5d6", "#6b5330"),
    ("#f6f3f8", "#e7deee", "#58436f"),
    ("#f1f7f8", "#d8eaee", "#2c5c68"),
    ("#f8f3f2", "#efdfdb", "#713f37"),
    ("#f5f5f5", "#e4e5e7", "#474c54"),
    ("#f4f6ef", "#e4eacf", "#525f2a"),
];

/// Blue and red widgets are blue and red.
const BLUE: (&str, &str, &str) = ("#eff4fc", "#d3e2f8", "#1f57a8");
const RED: (&str, &str, &str) = ("#fcf1f0", "#f6d9d6", "#a8322a");

/// The picture of that name, as many pixels wide and high.
pub(super) fn svg(name: &str, pixels: u32) -> String {
    let (kind, variant) = match name.rsplit_once('-') {
        Some((kind, number)) => (kind, number.parse::<usize>().unwrap_or(0)),
        None => (name, 0),
    };
    let family: usize = kind.bytes().map(usize::from).sum();
    let (light, deep, ink) = match kind {
        "widget-blue" => BLUE,
        "widget-red" => RED,
        _ => TINTS
            .get((family + variant % 3) % TINTS.len())
            .copied()
            .unwrap_or(BLUE),
    };
    let turn = match variant / 12 {
        0 => 0,
        1 => -18,
        _ => 24,
    };
    let zoom = if variant / 12 >= 2 { "1.22" } else { "1" };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{pixels}\" height=\"{pixels}\" viewBox=\"0 0 200 200\">\
         <defs><linearGradient id=\"g\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"1\"><stop offset=\"0\" stop-color=\"{light}\"/>\
         <stop offset=\"1\" stop-color=\"{deep}\"/></linearGradient></defs>\
         <rect width=\"200\" height=\"200\" fill=\"url(#g)\"/>\
         <ellipse cx=\"100\" cy=\"168\" rx=\"54\" ry=\"6\" fill=\"{ink}\" opacity=\".10\"/>\
         <g transform=\"translate(100 98) rotate({turn}) scale({zoom}) translate(-100 -100)\" fill=\"#fff\" \
         stroke=\"{ink}\" stroke-width=\"3\" stroke-linejoin=\"round\" stroke-linecap=\"round\" \
        >{}</g></svg>",
        glyph(kind).replace("@ink", ink).replace("@tone", deep)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_copied_into_the_picture() {
        let picture = svg("\"><script>alert(1)</script>-3", 160);
        assert!(!picture.contains("script"));
        assert!(picture.starts_with("<svg"));
    }

    #[test]
    fn variants_differ() {
        assert_ne!(svg("bolt-1", 160), svg("bolt-2", 160));
        assert_ne!(svg("bolt-1", 160), svg("nut-1", 160));
    }
}
