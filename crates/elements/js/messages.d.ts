/** Every message's id and the names of its arguments, in the order of the catalogues. */
declare const messages: readonly (readonly [id: string, names: readonly string[]])[];
export default messages;
