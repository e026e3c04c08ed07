/** Version of the product; a test holds it equal to the package file's. */
export const VERSION = '0.1.0';
