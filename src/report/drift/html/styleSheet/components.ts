/** Summary, filters, and the articles. */
export const componentStyles = `
.product{color:var(--quiet);font-weight:600}
.verdict{display:flex;align-items:center;gap:.55rem;font-size:clamp(1.6rem,5vw,2.4rem);letter-spacing:-.025em;margin:.35rem 0 .5rem}
.verdict .i{width:1em;height:1em;stroke-width:1.4}
.verdict.drifted .i{color:var(--security)}.verdict.inSync .i{color:var(--inSync)}.verdict.unchecked .i{color:var(--unchecked)}
.sentence{color:var(--quiet)}
.time{white-space:nowrap}
.notice{margin-top:.75rem;padding:.6rem .9rem;border:1px solid var(--unchecked-line);border-radius:8px;background:var(--unchecked-soft);color:var(--unchecked)}
.bar{display:block;width:100%;height:.5rem;margin:1.75rem 0 1rem;border-radius:99px;overflow:hidden;background:var(--line)}
.bar .drifted{fill:var(--security)}.bar .unchecked{fill:var(--unchecked)}.bar .inSync{fill:var(--inSync)}
.figures{display:flex;flex-wrap:wrap;gap:1rem}
.figures>div{flex:1 1 auto;padding:.9rem clamp(.8rem,2vw,1.15rem) 1rem;border:1px solid var(--line);border-radius:12px;background:var(--paper)}
.figures dl{display:flex;flex-wrap:wrap;gap:.75rem clamp(.8rem,2.5vw,2.25rem);margin-top:.6rem}
.figure{display:flex;flex-direction:column-reverse;justify-content:flex-end}
.figure dt{display:flex;align-items:center;gap:.35rem;font-size:.8125rem;white-space:nowrap;color:var(--quiet)}
.figure dd{font-size:1.9rem;line-height:1.15;font-weight:600;letter-spacing:-.02em}
.figure:is(.drifted,.security) .i,.figure.security dd{color:var(--security)}.figure.function .i,.figure.function dd{color:var(--function)}.figure.appearance .i,.figure.appearance dd{color:var(--appearance)}
.figure.inSync .i{color:var(--inSync)}.figure.unchecked .i,.figure.unchecked dd{color:var(--unchecked)}
.figure.zero dd{color:var(--quiet);font-weight:400}
.sections{margin-top:2rem}
.sections ul{display:flex;flex-wrap:wrap;gap:.35rem 1.5rem}
.sections a{display:inline-block;padding:.25rem 0}
.sections b{font-weight:600}
.filters{margin-top:1.25rem;padding:1rem 1.15rem;border:1px solid var(--line);border-radius:12px;background:var(--paper)}
.filters .line{display:flex;flex-wrap:wrap;align-items:end;gap:1rem 1.75rem}
.filters .line>*{min-width:0;max-width:100%}
.filters .line+.line{margin-top:1rem}
.filters fieldset{margin:0;padding:0;border:0;min-width:0}
.filters legend{padding:0}
.filters .caption{display:block;margin-bottom:.35rem}
.choices{display:flex;flex-wrap:wrap;gap:.3rem}
.choices label{position:relative;display:block}
.choices input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
.choices span{display:block;padding:.3rem .7rem;border:1px solid var(--strong);border-radius:99px;font-size:.875rem}
.choices b{font-weight:400;color:var(--quiet)}
.choices input:checked+span{background:var(--text);border-color:var(--text);color:var(--paper);font-weight:600}
.choices input:checked+span b{color:inherit}
@media (forced-colors:active){.choices input:checked+span{forced-color-adjust:none;background:Highlight;border-color:Highlight;color:HighlightText}}
.choices input:focus-visible+span{outline:3px solid var(--focus);outline-offset:2px}
.filters select,.filters input[type=search],.filters button{font:inherit;font-size:.875rem;min-height:2.15rem;max-width:100%;padding:.3rem .7rem;border:1px solid var(--strong);border-radius:8px;background:var(--paper);color:var(--text)}
.filters select{width:16rem}
.filters input[type=search]{width:20rem}
.filters button{cursor:pointer}
#shown{padding-bottom:.35rem;font-size:.875rem;color:var(--quiet)}
@supports not selector(:has(a)){.filters{display:none}}
.group{margin-top:2.25rem}
.group>header{margin-bottom:.9rem}
h3{font-size:1.1875rem;letter-spacing:-.01em}
h3 .in{font-weight:400;color:var(--quiet)}
.meta{display:flex;flex-wrap:wrap;gap:.15rem 1.25rem;margin-top:.3rem;font-size:.875rem;color:var(--quiet)}
article,.cards>li{padding:1.25rem clamp(1rem,3vw,1.5rem);border:1px solid var(--line);border-radius:12px;background:var(--paper)}
article+article{margin-top:.9rem}
article.security{border-left:4px solid var(--security)}article.function{border-left:4px solid var(--function)}article.appearance{border-left:4px solid var(--appearance)}article.unchecked{border-left:4px dashed var(--unchecked)}
.eyebrow{display:flex;flex-wrap:wrap;align-items:center;gap:.4rem .8rem;font-size:.875rem;color:var(--quiet)}
.position{margin-left:auto}
.badge{display:inline-flex;align-items:center;gap:.35rem;padding:.1rem .6rem .1rem .5rem;border:1px solid var(--line);border-radius:99px;font-size:.8125rem;font-weight:600;color:var(--quiet)}
.badge.security{color:var(--security);background:var(--security-soft);border-color:var(--security-line)}
.badge.function{color:var(--function);background:var(--function-soft);border-color:var(--function-line)}
.badge.appearance{color:var(--appearance);background:var(--appearance-soft);border-color:var(--appearance-line)}
.badge.unchecked{color:var(--unchecked);background:var(--unchecked-soft);border-color:var(--unchecked-line)}
h4{margin-top:.65rem;font-size:1.0625rem}
article.unchecked h3{margin-top:.65rem}
article.unchecked .meta{margin-top:.9rem}
.detail{margin-top:.5rem;max-width:48rem;white-space:pre-line}
.comparison{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr));gap:.9rem;margin-top:1rem}
.comparison .caption,.remedy .caption{margin-bottom:.3rem}
.value{height:calc(100% - 1.65rem);padding:.65rem .85rem;border:1px solid var(--line);border-radius:8px;background:var(--sunk)}
.value code{white-space:pre-wrap;unicode-bidi:plaintext}
.value.long{max-height:20rem;overflow:auto}
.value .none{color:var(--quiet);font-style:italic}
.items li+li{margin-top:.15rem}
.items li{position:relative;padding-left:1.15rem}
.items li::before{content:"–";position:absolute;left:0;color:var(--quiet)}
.items li small{color:var(--quiet)}
.record,.field{display:block}
.key{color:var(--quiet)}
mark{padding:.05em .12em;border-radius:3px;background:var(--mark);color:var(--mark-text);text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:.2em;-webkit-box-decoration-break:clone;box-decoration-break:clone}
.remedy{margin-top:1.1rem}
.remedy li{max-width:62rem;white-space:pre-line}
.remedy li+li{margin-top:.25rem}
.remedy li{display:grid;grid-template-columns:1.5rem 1fr}
.remedy li::before{content:"→";color:var(--quiet)}
.command span{display:inline-block}
.remedy code{padding:.05em .35em;border-radius:5px;background:var(--sunk);-webkit-box-decoration-break:clone;box-decoration-break:clone}
.facts{display:flex;flex-wrap:wrap;gap:.9rem 3rem;margin-top:1.1rem;font-size:.875rem}
.facts>div:last-child{flex:1 1 19rem}
.facts dt{font-weight:600;color:var(--quiet);font-size:.8125rem}
.steps{display:flex;flex-wrap:wrap;gap:.25rem clamp(.75rem,3vw,1.5rem);margin-top:1rem;padding-top:.7rem;border-top:1px solid var(--line);font-size:.875rem}
.steps a{padding:.2rem 0}
.steps [rel=next]{margin-left:auto}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr));gap:.9rem}
.cards h3{margin-bottom:.5rem}
.cards .meta{margin-top:.7rem;flex-direction:column}
article:target,.cards>li:target{box-shadow:0 0 0 3px var(--focus)}
.group:target>header h3,main>section:target>h2{text-decoration:underline;text-decoration-color:var(--focus);text-decoration-thickness:3px;text-underline-offset:.25em}
@media (scripting:none){article:target,.group:has(:target){display:block!important}}
`;
