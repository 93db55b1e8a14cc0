/** Colors, type, and the frame of the page. Nothing moves. Every pair of text and background has a contrast of 4.5:1 or more. */
export const pageStyles = `
:root{color-scheme:light dark;
--page:#f6f6f4;--paper:#fff;--text:#1b1f24;--quiet:#59626d;--line:#e0e2e5;--strong:#c6cad0;--link:#1f55b5;--focus:#1f55b5;--sunk:#f5f6f7;
--security:#a8201a;--security-soft:#fdeeec;--security-line:#f0c4bf;
--function:#7d4e00;--function-soft:#fdf3df;--function-line:#ecd5a5;
--appearance:#2453a6;--appearance-soft:#edf3fd;--appearance-line:#c5d6f3;
--inSync:#1b6a43;--inSync-soft:#eef7f1;--inSync-line:#cbe4d5;
--unchecked:#584f78;--unchecked-soft:#f2f0f8;--unchecked-line:#d5cfe6;
--mark:#ffe08a;--mark-text:#1b1f24;
--body:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
@media screen and (prefers-color-scheme:dark){:root{
--page:#121518;--paper:#1a1e23;--text:#e7eaed;--quiet:#a2abb6;--line:#2c3239;--strong:#454d57;--link:#9ec1ff;--focus:#9ec1ff;--sunk:#14181c;
--security:#ff9f94;--security-soft:#351b1a;--security-line:#63302c;
--function:#f0c26e;--function-soft:#2f2613;--function-line:#574520;
--appearance:#a3c4ff;--appearance-soft:#1a2840;--appearance-line:#2f4770;
--inSync:#82d3a6;--inSync-soft:#15211b;--inSync-line:#21392c;
--unchecked:#c4bbe0;--unchecked-soft:#272335;--unchecked-line:#453d5e;
--mark:#6b5410;--mark-text:#fff3cf}}
*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0 auto;max-width:76rem;padding:2.5rem clamp(1rem,4vw,2.5rem) 4rem;background:var(--page);color:var(--text);font:1rem/1.55 var(--body);font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
h1,h2,h3,h4,p,ul,dl,dd,figure{margin:0}
h1,h2,h3,h4{line-height:1.25;text-wrap:balance}
ul{padding:0;list-style:none}
code{font-family:var(--mono);font-size:.92em;unicode-bidi:isolate;font-variant-ligatures:none}
small{font-size:.8125rem;font-weight:400}
a{color:var(--link);text-underline-offset:.18em;text-decoration-thickness:1px}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:4px}
main:focus{outline:none}
.skip{position:absolute;left:1rem;top:-6rem;z-index:9;padding:.6rem 1rem;border-radius:8px;background:var(--paper);box-shadow:0 2px 12px #0003}
.skip:focus{top:1rem}
.drawings{display:none}
.i{width:1.05em;height:1.05em;flex:none;vertical-align:-.16em;fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.caption{font-size:.8125rem;font-weight:600;color:var(--quiet)}
main>section{margin-top:3.5rem}
h2{font-size:1.5rem;letter-spacing:-.015em;margin-bottom:1rem}
.intro{color:var(--quiet);max-width:44rem;margin:-.5rem 0 1.25rem}
footer{margin-top:4rem;padding-top:1.25rem;border-top:1px solid var(--line);color:var(--quiet);font-size:.875rem}
`;
