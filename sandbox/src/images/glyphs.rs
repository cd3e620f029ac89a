//! The drawings: line art on a 200 × 200 field. `@ink` is the line's colour, `@tone` a shade of the background.

/// Whether a name is that of a drawing: `<kind>-<variant>`.
pub(super) fn is_drawn(name: &str) -> bool {
    let Some((kind, variant)) = name.rsplit_once('-') else {
        return false;
    };
    variant.parse::<u32>().is_ok() && (kind == "crate" || glyph(kind) != CRATE)
}

/// The drawing of a kind; a crate for kinds that have none.
pub(super) fn glyph(kind: &str) -> &'static str {
    match kind {
        "bolt" => BOLT,
        "socket-screw" => SOCKET_SCREW,
        "wood-screw" => WOOD_SCREW,
        "nut" => NUT,
        "washer" => WASHER,
        "anchor" => ANCHOR,
        "rivet" => RIVET,
        "bearing" => BEARING,
        "roller-bearing" => ROLLER_BEARING,
        "pillow-block" => PILLOW_BLOCK,
        "belt" => BELT,
        "chain" => CHAIN,
        "coupling" => COUPLING,
        "hose" => HOSE,
        "fitting" => FITTING,
        "cylinder" => CYLINDER,
        "o-ring" => O_RING,
        "valve" => VALVE,
        "drill" => DRILL,
        "end-mill" => END_MILL,
        "tap" => TAP,
        "insert" => INSERT,
        "disc" => DISC,
        "glove" => GLOVE,
        "goggles" => GOGGLES,
        "ear-muffs" => EAR_MUFFS,
        "boot" => BOOT,
        "vest" => VEST,
        "breaker" => BREAKER,
        "cable" => CABLE,
        "terminal" => TERMINAL,
        "lamp" => LAMP,
        "sensor" => SENSOR,
        "bottle" => BOTTLE,
        "cartridge" => CARTRIDGE,
        "tape" => TAPE,
        "wrench" => WRENCH,
        "screwdriver" => SCREWDRIVER,
        "pliers" => PLIERS,
        "caliper" => CALIPER,
        "caster" => CASTER,
        "sling" => SLING,
        "spray" => SPRAY,
        "widget" | "widget-blue" | "widget-red" => WIDGET,
        _ => CRATE,
    }
}

const BOLT: &str = r#"<path d="M70 42h60l10 12v18l-10 10H70L60 72V54z"/><path d="M84 42v40M116 42v40" stroke-width="2"/><path d="M84 82h32v70l-6 8H90l-6-8z"/><path d="M84 100l32-6M84 112l32-6M84 124l32-6M84 136l32-6M84 148l32-6" stroke-width="2"/>"#;
const SOCKET_SCREW: &str = r#"<path d="M66 40h68v38H66z"/><path d="M84 40h32v16l-8 8H92l-8-8z" fill="@tone"/><path d="M72 46v26M78 46v26M122 46v26M128 46v26" stroke-width="1.5"/><path d="M84 78h32v74l-6 8H90l-6-8z"/><path d="M84 98l32-6M84 110l32-6M84 122l32-6M84 134l32-6M84 146l32-6" stroke-width="2"/>"#;
const WOOD_SCREW: &str = r#"<path d="M68 40h64l-20 26H88z"/><path d="M88 66h24v24l-4 40-8 34-8-34-4-40z"/><path d="M84 94l32-8M85 106l30-8M87 118l26-7M89 130l22-6M92 142l16-5" stroke-width="2.5"/><path d="M94 46h12" stroke-width="2"/>"#;
const NUT: &str = r#"<path d="M68 46h64l32 54-32 54H68L36 100z"/><circle cx="100" cy="100" r="38" fill="@tone"/><circle cx="100" cy="100" r="31"/><path d="M72 88a31 31 0 0 1 20-18" stroke-width="2" fill="none"/>"#;
const WASHER: &str = r#"<circle cx="100" cy="100" r="62"/><circle cx="100" cy="100" r="54" fill="none" stroke-width="1.5"/><circle cx="100" cy="100" r="28" fill="@tone"/><path d="M55 78a50 50 0 0 1 24-24" fill="none" stroke-width="2"/>"#;
const ANCHOR: &str = r#"<path d="M92 34h16v132H92z"/><path d="M78 46h44v16H78z"/><path d="M72 62h56v6H72z"/><path d="M92 74l16-5M92 82l16-5M92 90l16-5" stroke-width="2"/><path d="M84 112h32l4 34H80z" fill="@tone"/><path d="M94 112v34M106 112v34" stroke-width="2"/><path d="M92 146h16l6 20H86z"/>"#;
const RIVET: &str = r#"<path d="M66 92a34 22 0 0 1 68 0z"/><path d="M66 92h68v8H66z"/><path d="M84 100h32v44a16 12 0 0 1-32 0z"/><path d="M96 32h8v38h-8z" fill="@tone"/><path d="M84 132h32" stroke-width="2"/>"#;
const BEARING: &str = r#"<circle cx="100" cy="100" r="66"/><circle cx="100" cy="100" r="52" fill="@tone"/><circle cx="100" cy="100" r="34"/><circle cx="100" cy="100" r="23" fill="@tone"/><g stroke-width="2"><circle cx="100" cy="57" r="8"/><circle cx="130" cy="70" r="8"/><circle cx="143" cy="100" r="8"/><circle cx="130" cy="130" r="8"/><circle cx="100" cy="143" r="8"/><circle cx="70" cy="130" r="8"/><circle cx="57" cy="100" r="8"/><circle cx="70" cy="70" r="8"/></g>"#;
const ROLLER_BEARING: &str = r#"<path d="M44 62h112v76H44z"/><path d="M44 84h112M44 116h112" stroke-width="2"/><g fill="@tone" stroke-width="2"><path d="M52 88l14 2v20l-14 2z"/><path d="M74 88l14 2v20l-14 2z"/><path d="M96 88l14 2v20l-14 2z"/><path d="M118 88l14 2v20l-14 2z"/><path d="M138 88l12 2v20l-12 2z"/></g><path d="M44 70h112M44 130h112" stroke-width="1.5"/>"#;
const PILLOW_BLOCK: &str = r#"<path d="M30 140h30l8-30a34 34 0 1 1 64 0l8 30h30v16H30z"/><circle cx="100" cy="98" r="26" fill="@tone"/><circle cx="100" cy="98" r="18"/><circle cx="100" cy="98" r="10" fill="@tone"/><path d="M40 140v16M54 140v16M146 140v16M160 140v16" stroke-width="2"/><path d="M96 62v-8h8v8"/>"#;
const BELT: &str = r#"<path d="M64 52h72a48 48 0 0 1 0 96H64a48 48 0 0 1 0-96z"/><path d="M64 66h72a34 34 0 0 1 0 68H64a34 34 0 0 1 0-68z" fill="@tone"/><path d="M64 59h72a41 41 0 0 1 0 82H64a41 41 0 0 1 0-82z" fill="none" stroke-width="1.5" stroke-dasharray="3 5"/>"#;
const CHAIN: &str = r#"<g><rect x="30" y="84" width="56" height="32" rx="16"/><rect x="114" y="84" width="56" height="32" rx="16"/><rect x="72" y="84" width="56" height="32" rx="16" fill="@tone"/></g><g stroke-width="2"><circle cx="46" cy="100" r="6"/><circle cx="79" cy="100" r="6"/><circle cx="121" cy="100" r="6"/><circle cx="154" cy="100" r="6"/></g>"#;
const COUPLING: &str = r#"<path d="M42 62h40v76H42z"/><path d="M118 62h40v76h-40z"/><path d="M82 68h12v16H82zM106 68h12v16h-12zM82 92h12v16H82zM106 92h12v16h-12zM82 116h12v16H82zM106 116h12v16h-12z" fill="@tone" stroke-width="2"/><path d="M94 64h12v72H94z" fill="@tone"/><path d="M28 86h14v28H28zM158 86h14v28h-14z"/><circle cx="62" cy="76" r="4" stroke-width="2"/><circle cx="138" cy="76" r="4" stroke-width="2"/>"#;
const HOSE: &str = r##"<path d="M56 150V92a40 40 0 0 1 80 0v8a18 18 0 0 0 36 0" fill="none" stroke-width="26"/><path d="M56 150V92a40 40 0 0 1 80 0v8a18 18 0 0 0 36 0" fill="none" stroke="#fff" stroke-width="20" stroke-linecap="butt"/><path d="M56 150V92a40 40 0 0 1 80 0v8a18 18 0 0 0 36 0" fill="none" stroke-width="2" stroke-dasharray="2 7"/><path d="M40 136h32v22H40z"/><path d="M46 158h20v10H46z" fill="@tone"/>"##;
const FITTING: &str = r#"<path d="M78 66h44v68H78z"/><path d="M60 74h18v52H60zM122 74h18v52h-18z" fill="@tone"/><path d="M36 82h24v36H36zM140 82h24v36h-24z"/><path d="M42 82v36M48 82v36M54 82v36M146 82v36M152 82v36M158 82v36" stroke-width="2"/><path d="M92 66v68M108 66v68" stroke-width="2"/>"#;
const CYLINDER: &str = r#"<path d="M30 72h88v56H30z"/><path d="M30 66h16v68H30zM106 66h16v68h-16z" fill="@tone"/><path d="M122 92h38v16h-38z"/><circle cx="166" cy="100" r="13"/><circle cx="166" cy="100" r="5" fill="@tone" stroke-width="2"/><path d="M54 66v-10h10v10M92 66v-10h10v10"/><path d="M52 84h50" stroke-width="2"/>"#;
const O_RING: &str = r##"<circle cx="100" cy="100" r="60" fill="none" stroke-width="20"/><circle cx="100" cy="100" r="60" fill="none" stroke="#fff" stroke-width="14"/><path d="M54 84a49 49 0 0 1 30-30" fill="none" stroke-width="2"/>"##;
const VALVE: &str = r#"<path d="M48 100h104v44H48z"/><path d="M62 56h34v44H62z" fill="@tone"/><path d="M68 62h22v12H68z" stroke-width="2"/><path d="M108 76h34v24h-34z"/><circle cx="70" cy="124" r="9" fill="@tone"/><circle cx="100" cy="124" r="9" fill="@tone"/><circle cx="130" cy="124" r="9" fill="@tone"/><path d="M72 48h14v8H72zM114 84h22M114 92h22" stroke-width="2"/>"#;
const DRILL: &str = r#"<g transform="rotate(38 100 100)"><path d="M88 26h24v48H88z"/><path d="M88 74h24v84l-12 18-12-18z"/><path d="M88 82c0 14 24 14 24 30M88 104c0 14 24 14 24 30M88 126c0 14 24 14 24 30M112 82c0 8-8 11-14 14M112 148c-4 6-8 9-12 28" fill="none" stroke-width="2.5"/></g>"#;
const END_MILL: &str = r#"<g transform="rotate(38 100 100)"><path d="M84 26h32v64H84z"/><path d="M84 44h20v16H84z" fill="@tone" stroke-width="2"/><path d="M84 90h32v78H84z"/><path d="M84 96c4 22 32 16 32 44M84 122c4 20 32 16 32 42M100 90c2 8 12 10 16 20M84 150c4 8 12 10 16 18" fill="none" stroke-width="2.5"/></g>"#;
const TAP: &str = r#"<g transform="rotate(38 100 100)"><path d="M90 24h20v14H90z" fill="@tone"/><path d="M92 38h16v46H92z"/><path d="M88 84h24v76l-5 12H93l-5-12z"/><path d="M88 96h24M88 106h24M88 116h24M88 126h24M88 136h24M88 146h24M89 156h22" stroke-width="2"/><path d="M100 84v88" stroke-width="3"/></g>"#;
const INSERT: &str = r#"<path d="M60 50h92l-12 100H48z"/><path d="M70 60h70l-9 80H60z" fill="@tone" stroke-width="2"/><circle cx="100" cy="100" r="22"/><circle cx="100" cy="100" r="14" fill="@tone"/>"#;
const DISC: &str = r#"<circle cx="100" cy="100" r="68" fill="@tone"/><circle cx="100" cy="100" r="60" fill="none" stroke-width="1.5" stroke-dasharray="2 5"/><circle cx="100" cy="100" r="34"/><circle cx="100" cy="100" r="26" fill="none" stroke-width="1.5"/><circle cx="100" cy="100" r="10" fill="@tone"/><path d="M84 84h32" stroke-width="2"/>"#;
const GLOVE: &str = r#"<path d="M72 164v-34l-26-30c-8-10 4-20 12-12l16 14V54c0-12 16-12 16 0v-12c0-12 16-12 16 0v12c0-12 16-12 16 0v10c0-10 14-10 14 0v52c0 16-10 22-10 30v18z"/><path d="M90 54v40M106 54v40M122 60v36" stroke-width="2" fill="none"/><path d="M72 146h56v18H72z" fill="@tone"/>"#;
const GOGGLES: &str = r#"<path d="M34 78c0-10 8-14 18-14h96c10 0 18 4 18 14v28c0 16-10 26-26 26-16 0-20-14-40-14s-24 14-40 14c-16 0-26-10-26-26z"/><path d="M46 80c0-4 4-6 8-6h92c4 0 8 2 8 6v24c0 10-6 16-16 16-12 0-18-14-38-14s-26 14-38 14c-10 0-16-6-16-16z" fill="@tone" stroke-width="2"/><path d="M22 86h12v22H22zM166 86h12v22h-12z"/><path d="M60 84l-6 18" stroke-width="2"/>"#;
const EAR_MUFFS: &str = r##"<path d="M50 108V92a50 50 0 0 1 100 0v16" fill="none" stroke-width="13"/><path d="M50 108V92a50 50 0 0 1 100 0v16" fill="none" stroke="#fff" stroke-width="7"/><rect x="32" y="96" width="34" height="58" rx="15"/><rect x="134" y="96" width="34" height="58" rx="15"/><rect x="60" y="102" width="12" height="46" rx="6" fill="@tone"/><rect x="128" y="102" width="12" height="46" rx="6" fill="@tone"/>"##;
const BOOT: &str = r#"<path d="M62 40h46v58c4 10 52 16 56 30 2 8 2 12 2 18H56z"/><path d="M54 146h114v14H54z" fill="@tone"/><path d="M62 56h46" stroke-width="2"/><path d="M108 76l-14 4M108 88l-14 4M114 100l-10 8M126 106l-8 10" stroke-width="2.5"/><path d="M142 114c-8 8-10 20-8 32" fill="none" stroke-width="2"/>"#;
const VEST: &str = r#"<path d="M66 40l-18 18v100h46V78L80 40zM134 40l18 18v100h-46V78l14-38z"/><path d="M80 40l20 38 20-38" fill="none"/><path d="M48 112h46v14H48zM106 112h46v14h-46z" fill="@tone" stroke-width="2"/><path d="M58 50v62M142 50v62" stroke-width="7" stroke="@tone"/><path d="M100 78v80" stroke-width="2"/>"#;
const BREAKER: &str = r#"<path d="M68 36h64v128H68z"/><path d="M68 62h64v76H68z" fill="@tone"/><path d="M88 84h24v34H88z"/><path d="M92 84h16v14H92z" fill="@ink"/><circle cx="100" cy="49" r="6" stroke-width="2"/><circle cx="100" cy="151" r="6" stroke-width="2"/><path d="M80 126h40M80 72h26" stroke-width="2"/>"#;
const CABLE: &str = r##"<ellipse cx="100" cy="100" rx="66" ry="60" fill="none" stroke-width="15"/><ellipse cx="100" cy="100" rx="66" ry="60" fill="none" stroke="#fff" stroke-width="9"/><ellipse cx="100" cy="100" rx="50" ry="44" fill="none" stroke-width="15"/><ellipse cx="100" cy="100" rx="50" ry="44" fill="none" stroke="#fff" stroke-width="9"/><ellipse cx="100" cy="100" rx="34" ry="28" fill="none" stroke-width="15"/><ellipse cx="100" cy="100" rx="34" ry="28" fill="none" stroke="#fff" stroke-width="9"/><path d="M148 40h14v24h-14z" fill="@tone"/>"##;
const TERMINAL: &str = r#"<circle cx="64" cy="100" r="34"/><circle cx="64" cy="100" r="16" fill="@tone"/><path d="M94 86h20v28H94z"/><path d="M114 80h40v40h-40z" fill="@tone"/><path d="M124 80v40M134 80v40M144 80v40" stroke-width="2"/><path d="M154 90h20v20h-20z"/>"#;
const LAMP: &str = r#"<path d="M48 58h104v66H48z"/><path d="M58 68h84v46H58z" fill="@tone" stroke-width="2"/><g stroke-width="2"><circle cx="76" cy="82" r="5"/><circle cx="100" cy="82" r="5"/><circle cx="124" cy="82" r="5"/><circle cx="76" cy="100" r="5"/><circle cx="100" cy="100" r="5"/><circle cx="124" cy="100" r="5"/></g><path d="M40 80v50a60 22 0 0 0 120 0V80" fill="none"/><path d="M92 146h16v16H92z"/>"#;
const SENSOR: &str = r#"<path d="M30 80h24v40H30z" fill="@tone"/><path d="M54 76h76v48H54z"/><path d="M64 76v48M72 76v48M80 76v48M88 76v48M96 76v48M104 76v48M112 76v48M120 76v48" stroke-width="1.5"/><path d="M84 66h26v68H84z"/><path d="M92 66v68M102 66v68" stroke-width="1.5"/><path d="M130 84h16v32h-16z" fill="@tone"/><path d="M146 94h30v12h-30z"/>"#;
const BOTTLE: &str = r#"<path d="M92 30h16l4 28H88z"/><path d="M82 58h36v14H82z" fill="@tone"/><path d="M74 72h52l6 14v70a10 10 0 0 1-10 10H78a10 10 0 0 1-10-10V86z"/><path d="M68 98h64v44H68z" fill="@tone" stroke-width="2"/><path d="M78 112h44M78 122h30" stroke-width="2"/>"#;
const CARTRIDGE: &str = r#"<path d="M96 24h8l6 38H90z"/><path d="M82 62h36v10H82z"/><path d="M74 72h52v90H74z"/><path d="M74 92h52v44H74z" fill="@tone" stroke-width="2"/><path d="M84 106h32M84 116h22" stroke-width="2"/><path d="M70 162h60v8H70z"/>"#;
const TAPE: &str = r#"<ellipse cx="92" cy="100" rx="58" ry="62"/><ellipse cx="92" cy="100" rx="34" ry="37" fill="@tone"/><ellipse cx="92" cy="100" rx="26" ry="29"/><path d="M92 38h26a58 62 0 0 1 0 124H92" fill="none"/><path d="M118 162h52v-12h-24" /><ellipse cx="92" cy="100" rx="46" ry="49" fill="none" stroke-width="1.5"/>"#;
const WRENCH: &str = r#"<g transform="rotate(42 100 100)"><path d="M90 66h20v70H90z"/><path d="M80 22v24l12 10h16l12-10V22c14 6 18 22 12 36-4 9-12 13-22 14H90c-10-1-18-5-22-14-6-14-2-30 12-36z"/><circle cx="100" cy="156" r="24"/><path d="M100 142l12 7v14l-12 7-12-7v-14z" fill="@tone"/><path d="M100 78v44" stroke-width="2"/></g>"#;
const SCREWDRIVER: &str = r#"<g transform="rotate(40 100 100)"><path d="M86 22h28a6 6 0 0 1 6 6v50l-8 14H88l-8-14V28a6 6 0 0 1 6-6z"/><path d="M90 30v48M100 30v48M110 30v48" stroke-width="2"/><path d="M92 92h16v10H92z" fill="@tone"/><path d="M96 102h8v60h-8z"/><path d="M94 162h12l-2 14h-8z"/></g>"#;
const PLIERS: &str = r#"<path d="M92 84c-14-16-16-36-6-52l12 4v44zM108 84c14-16 16-36 6-52l-12 4v44z"/><path d="M88 50h8M88 60h8M104 50h8M104 60h8" stroke-width="2"/><path d="M88 92c-22 22-34 44-36 72h16c2-22 12-40 34-58zM112 92c22 22 34 44 36 72h-16c-2-22-12-40-34-58z" fill="@tone"/><circle cx="100" cy="92" r="14"/><circle cx="100" cy="92" r="5" fill="@tone" stroke-width="2"/>"#;
const CALIPER: &str = r#"<path d="M24 78h152v20H24z"/><path d="M24 98v48l14-14V98zM24 78V58l10 8v12z"/><path d="M92 98v48l-14-14V98zM92 78V58l-10 8v12z" fill="@tone"/><path d="M78 70h50v36H78z" fill="@tone"/><path d="M86 78h34v16H86z" stroke-width="2"/><path d="M138 78v8M146 78v12M154 78v8M162 78v12M170 78v8M44 78v8M52 78v12M60 78v8M68 78v12" stroke-width="1.5"/><circle cx="122" cy="112" r="6" stroke-width="2"/>"#;
const CASTER: &str = r#"<path d="M54 40h92v14H54z"/><path d="M82 54h36v12H82z" fill="@tone"/><path d="M74 66h52l10 46H92z"/><circle cx="108" cy="126" r="38"/><circle cx="108" cy="126" r="28" fill="@tone" stroke-width="2"/><circle cx="108" cy="126" r="8"/><path d="M64 47h4M132 47h4" stroke-width="4"/>"#;
const SLING: &str = r#"<path d="M100 36c14 0 14 20 4 26l40 70c8 12-4 24-16 18l-28-20-28 20c-12 6-24-6-16-18l40-70c-10-6-10-26 4-26z"/><path d="M100 74l-30 56 30-20 30 20z" fill="@tone"/><path d="M90 78l-28 54M110 78l28 54" stroke-width="1.5" stroke-dasharray="3 4" fill="none"/>"#;
const SPRAY: &str = r#"<path d="M90 26h20v16H90z"/><path d="M84 42h32v10H84z" fill="@tone"/><path d="M76 66c0-8 6-14 14-14h20c8 0 14 6 14 14v96a8 8 0 0 1-8 8H84a8 8 0 0 1-8-8z"/><path d="M76 84h48v52H76z" fill="@tone" stroke-width="2"/><path d="M84 100h32M84 110h22" stroke-width="2"/><path d="M84 32H66M80 26l-14-6M80 38l-14 6" stroke-width="2"/>"#;
const CRATE: &str = r#"<path d="M100 40l60 26v66l-60 28-60-28V66z"/><path d="M40 66l60 28 60-28M100 94v66" fill="none"/><path d="M70 53l60 27v22" fill="none" stroke-width="2"/><path d="M100 94l60-28v66l-60 28z" fill="@tone"/>"#;
const WIDGET: &str = r#"<path d="M100 34l14 6 6 16 16-4 12 12-4 16 16 6 6 14-6 14-16 6 4 16-12 12-16-4-6 16-14 6-14-6-6-16-16 4-12-12 4-16-16-6-6-14 6-14 16-6-4-16 12-12 16 4 6-16z" fill="@tone"/><circle cx="100" cy="100" r="40"/><circle cx="100" cy="100" r="30" fill="@tone" stroke-width="2"/><path d="M100 82l16 9v18l-16 9-16-9V91z"/>"#;
