/** On paper: everything that was found, nothing to click, and no row or article cut where it fits on a page. */
export const printStyles = `
@page{margin:14mm}
:root{color-scheme:light;--page:#fff}
html{font-size:9pt}
body{max-width:none;padding:0}
.skip,.sections,.filters,.steps{display:none}
.region,.region.tall,.value.long{overflow:visible;max-height:none}
.region{margin:0}
thead{display:table-header-group}
thead th,tbody th{position:static!important}
td,tbody th{min-width:0}
.entry{min-height:0}
tr,article,.group>header,.figures>div,.cards>li{break-inside:avoid}
h2,h3,h4,.group>header,.eyebrow,.caption{break-after:avoid}
main>section{margin-top:2rem}
.group{margin-top:1.5rem}
article,.cards>li{padding:.9rem 1.1rem;box-shadow:none!important}
.comparison,.remedy,.facts{margin-top:.7rem}
a{color:inherit;text-decoration:none}
.bar,.entry,.badge,mark,.value,article{print-color-adjust:exact;-webkit-print-color-adjust:exact}
`;
