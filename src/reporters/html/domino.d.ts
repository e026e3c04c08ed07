/** The package declares its types under the name of the project it was forked from. */
declare module '@mixmark-io/domino' {
  const domino: { createDocument(html?: string): unknown };
  export default domino;
}
