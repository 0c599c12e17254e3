/** JSON Schemas of HTTP archives, by name; the package has no types of its own. */
declare module 'har-schema' {
  const schemas: Record<string, object>
  export default schemas
}
