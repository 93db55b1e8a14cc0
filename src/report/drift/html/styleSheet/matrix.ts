/** The matrix as a table. */
export const matrixStyles = `
.region{overflow:auto;margin:0 -4px;border-radius:8px}
.region.tall{max-height:min(85vh,52rem)}
table{border-collapse:separate;border-spacing:4px;width:100%}
thead th{position:sticky;top:0;z-index:2;background:var(--page);vertical-align:bottom}
th{text-align:left;font-weight:600;padding:.4rem .7rem}
th:first-child{padding-left:0}
thead th:first-child{color:var(--quiet);font-size:.8125rem}
tbody th{min-width:11rem;max-width:20rem;vertical-align:top;background:var(--page)}
.wide tbody th,.wide thead th:first-child{position:sticky;left:0;z-index:1}
.wide thead th:first-child{z-index:3}
th small{display:block;color:var(--quiet)}
thead :is(bdi,small){display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;line-clamp:3;overflow:hidden}
td{padding:0;height:1px;min-width:8.5rem;vertical-align:top}
td>div{height:100%;display:flex;flex-direction:column;gap:4px;border-radius:9px}
td>div:target{outline:3px solid var(--focus);outline-offset:1px}
.entry{display:flex;flex-direction:column;gap:.15rem;flex:1;min-height:3.1rem;padding:.5rem .7rem;border:1px solid transparent;border-radius:9px;font-size:.875rem;line-height:1.35;text-decoration:none}
.entry b{font-weight:600}
.entry>.i,.entry b .i,.entry span .i{margin-right:.35rem}
.entry span{font-size:.8125rem}
.entry.security{color:var(--security);background:var(--security-soft);border-color:var(--security-line)}
.entry.function{color:var(--function);background:var(--function-soft);border-color:var(--function-line)}
.entry.appearance{color:var(--appearance);background:var(--appearance-soft);border-color:var(--appearance-line)}
.entry.unchecked{color:var(--unchecked);background:var(--unchecked-soft);border:1px dashed var(--unchecked-line)}
.entry.inSync{display:block;color:var(--inSync);background:var(--inSync-soft);border-color:var(--inSync-line)}
.entry.absent{color:var(--quiet);display:block}
a.entry:hover{border-color:currentColor}
a.entry:hover b{text-decoration:underline;text-underline-offset:.18em}
`;

/** The same table with a card for each row. */
export function matrixCards(region: string): string {
  return `
${region},${region}.tall{overflow:visible;max-height:none;margin:0}
${region} :is(table,tbody,tr,th,td){display:block;position:static;min-width:0;max-width:none;height:auto}
${region} thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
${region} tbody tr{padding:.8rem .9rem;border:1px solid var(--line);border-radius:12px;background:var(--paper);margin-bottom:.75rem}
${region} tbody th{padding:0 0 .5rem;background:none}
${region} td{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:.75rem;align-items:center;padding:.2rem 0}
${region} td::before{content:attr(data-head);font-size:.8125rem;color:var(--quiet)}
${region} .entry{min-height:0;padding:.35rem .6rem}
`;
}
