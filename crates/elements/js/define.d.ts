// Importing this module defines the custom elements; their types are with the functions.
import "./index.js";
