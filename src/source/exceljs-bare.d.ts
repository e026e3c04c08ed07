declare module 'exceljs/lib/exceljs.bare.js' {
  const exceljs: { readonly Workbook: new () => import('exceljs').Workbook };
  export default exceljs;
}
