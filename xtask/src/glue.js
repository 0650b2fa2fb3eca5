// Takes the place of some of wasm-bindgen's own functions, which are ready for more than ever happens here.

function decodeText(bytes) {
    return cachedTextDecoder.decode(bytes);
}

function passStringToWasm0(text, malloc) {
    const bytes = cachedTextEncoder.encode(text);
    const place = malloc(bytes.length, 1) >>> 0;
    getUint8ArrayMemory0().set(bytes, place);
    WASM_VECTOR_LEN = bytes.length;
    return place;
}

/** For the parts, which are loaded only when the module runs. */
export const initSync = () => wasm;

/** What a page asked the server for before the module was there. */
let takeAsked = () => {};

let starting;

/** Starts the module once, from a response or whatever else a browser makes an instance of. */
export function start(source, take) {
    if (!starting) {
        takeAsked = take ?? takeAsked;
        starting = begin(source);
        // A start that failed is not remembered.
        starting.catch(() => { starting = undefined; });
    }
    return starting;
}

async function begin(source) {
    const given = await source;
    const imports = __wbg_get_imports();
    const made = given instanceof Response
        ? await WebAssembly.instantiateStreaming(given, imports)
        : await WebAssembly.instantiate(given, imports);
    // A module that is compiled already becomes the instance itself.
    wasm = (made.instance ?? made).exports;
    wasm.__wbindgen_start();
}
