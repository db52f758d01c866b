/// The look of a report, light and dark, and its few lines of script.
enum ReportStyle {
  static let css = """
    :root{--ground:#fbfbf9;--card:#fff;--ink:#1b1f27;--soft:#646c7a;--line:#e3e4e1;--accent:#2563c9;--good:#1f8a4c;
    --bad:#c8402f;--late:#b7791f;--none:#7d8590;--track:#e6e8ec;--s0:#2563c9;--s1:#d9730d;--s2:#1f8a4c;--s3:#b83280;
    --s4:#6b46c1;--s5:#0e8a94;--s6:#8a6d1d;--s7:#64748b}
    @media(prefers-color-scheme:dark){:root{--ground:#14161b;--card:#1c1f26;--ink:#e8eaee;--soft:#9aa3b2;--line:#2c313b;
    --accent:#7aaaf8;--good:#56c487;--bad:#f07f6e;--late:#e0ac55;--none:#8b93a1;--track:#2d323c;--s0:#7aaaf8;--s1:#f0a05a;
    --s2:#56c487;--s3:#ee86bd;--s4:#b39bf3;--s5:#52c5cd;--s6:#d6bb62;--s7:#a3afbf}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,
    "DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
    main{max-width:1120px;margin:0 auto;padding:40px 24px 64px}
    h1,h2,h3,p{margin:0}
    h1{font-size:34px;line-height:1.15;letter-spacing:-.02em;overflow-wrap:anywhere}
    h2{font-size:20px;letter-spacing:-.01em;margin-bottom:6px}
    h3{font-size:16px;display:flex;align-items:center;gap:10px;flex-wrap:wrap}
    section{margin-top:44px}
    code{font:13px/1.5 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
    a{color:var(--accent)}
    .note{color:var(--soft);font-size:13px}
    section>.note{margin-bottom:12px;max-width:70ch}
    .eyebrow{color:var(--soft);font-size:12px;letter-spacing:.09em;text-transform:uppercase;margin-bottom:6px}
    .lead{color:var(--soft);margin-top:10px}
    .lead b{color:var(--ink)}
    header{display:flex;justify-content:space-between;gap:32px;flex-wrap:wrap;align-items:flex-end;
    border-bottom:1px solid var(--line);padding-bottom:28px}
    .score{display:grid;grid-template-columns:auto auto;column-gap:14px;row-gap:4px;align-items:center}
    .score .rate{font-size:44px;font-weight:650;line-height:1;letter-spacing:-.02em}
    .score .what{color:var(--soft);align-self:end}
    .score .note{grid-column:1/-1}
    .score svg{grid-column:1/-1;width:calc(100% + 8px);height:auto;margin:4px -4px 2px}
    .scroll{overflow-x:auto;border:1px solid var(--line);border-radius:10px;background:var(--card)}
    .fit{width:fit-content;max-width:100%}
    .tall{max-height:560px;overflow-y:auto}
    table{border-collapse:collapse;width:100%}
    th,td{text-align:left;padding:9px 14px;border-top:1px solid var(--line);vertical-align:top;font-weight:400}
    thead th{border-top:0;color:var(--soft);font-size:13px;white-space:nowrap;background:var(--card)}
    .tall thead th{position:sticky;top:0;box-shadow:0 1px 0 var(--line)}
    tbody th{white-space:nowrap}
    .results th[scope=row]::first-letter{text-transform:uppercase}
    tfoot th,tfoot td{background:color-mix(in srgb,var(--track) 35%,transparent)}
    .total th,.total b{font-weight:650}
    .cell{display:flex;align-items:center;gap:10px;white-space:nowrap}
    .cell b{min-width:4.2em;font-weight:600}
    .results .note{white-space:nowrap}
    .count{text-align:right}
    .none{color:var(--soft)}
    .share{background:linear-gradient(90deg,color-mix(in srgb,var(--s0) 22%,transparent) var(--share),transparent 0)}
    .tag{font-size:11px;color:var(--soft);border:1px solid var(--line);border-radius:5px;padding:0 5px;white-space:nowrap}
    .badge{font-size:12px;font-weight:600;border-radius:99px;padding:1px 9px;white-space:nowrap;color:var(--tone);
    background:color-mix(in srgb,var(--tone) 14%,transparent);--tone:var(--none)}
    .badge.success{--tone:var(--good)}.badge.failure{--tone:var(--bad)}.badge.timeLimit{--tone:var(--late)}
    .followed{--tone:var(--good)}.detour{--tone:var(--s5)}.original{--tone:var(--bad)}.neither{--tone:var(--none)}
    .badge.followed{--tone:var(--good)}.badge.detour{--tone:var(--s5)}.badge.original{--tone:var(--bad)}
    .stack{display:flex;gap:2px;height:14px;width:100%;min-width:220px;border-radius:4px;overflow:hidden;margin:4px 0 6px}
    .stack i{background:var(--tone);min-width:2px}
    .health{display:flex;gap:8px;flex-wrap:wrap;margin-bottom:12px}
    .interval .track{fill:var(--track)}.interval .tick{stroke:var(--line);stroke-width:1}
    .interval .band{fill:var(--s0);opacity:.32}.interval .point{fill:var(--s0)}
    .cards{display:grid;gap:24px}
    .card{border:1px solid var(--line);border-radius:12px;background:var(--card);padding:20px;scroll-margin-top:16px}
    .said{color:var(--soft);margin:4px 0 16px}
    .media{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(380px,100%),1fr));gap:20px;align-items:start}
    figure{margin:0}
    figcaption{color:var(--soft);font-size:13px;margin-top:6px}
    video{width:100%;border-radius:8px;background:#000;display:block}
    .map{width:100%;max-height:420px;border:1px solid var(--line);border-radius:8px;display:block}
    svg text{font:11px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;fill:var(--soft)}
    svg .name{fill:var(--ink);paint-order:stroke;stroke:var(--card);stroke-width:3px;stroke-linejoin:round}
    .grid{stroke:var(--line);stroke-width:1;fill:none}
    .outline{fill:var(--track);opacity:.45;stroke:var(--soft);stroke-width:1}
    .thing{stroke:var(--ink);stroke-opacity:.45;stroke-width:1}
    .scale{stroke:var(--soft);stroke-width:1.5;fill:none}
    .base,.s0{--tone:var(--s0)}.endEffector,.s1{--tone:var(--s1)}.object,.s2{--tone:var(--s2)}.s3{--tone:var(--s3)}
    .s4{--tone:var(--s4)}.s5{--tone:var(--s5)}.s6{--tone:var(--s6)}.s7{--tone:var(--s7)}
    svg polyline{fill:none;stroke:var(--tone);stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}
    .map polyline{stroke-width:2.4}
    .start{fill:var(--card);stroke:var(--tone);stroke-width:2}.end{fill:var(--tone)}
    .boundary{stroke:var(--soft);stroke-width:1;stroke-dasharray:3 3;opacity:.7}
    .signals{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(420px,100%),1fr));gap:14px 24px;margin-top:20px}
    .signal svg{width:100%;display:block}
    .signal-title{font-size:13px;display:flex;justify-content:space-between;gap:12px;flex-wrap:wrap}
    .legend{display:inline-flex;flex-wrap:wrap;gap:4px 12px;color:var(--soft);font-size:12px}
    .key::before{content:"";display:inline-block;width:12px;height:3px;border-radius:2px;background:var(--tone);
    margin-right:5px;vertical-align:middle}
    .filter{display:flex;gap:10px;align-items:center;margin-bottom:12px;flex-wrap:wrap}
    input,select{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:8px;
    padding:6px 10px}
    input{width:min(300px,100%)}
    .step{margin-right:6px}.step.failure,.step.timeLimit{text-decoration:underline dotted var(--bad)}
    #episodes code{color:var(--soft);font-size:12px}
    dl{display:grid;grid-template-columns:max-content 1fr;gap:6px 24px;margin:12px 0 0}
    dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
    @media(max-width:600px){main{padding:24px 14px 48px}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:10px}}
    @media print{.fit{width:fit-content;max-width:100%}
    .tall{max-height:none}.filter{display:none}.card{break-inside:avoid}}
    """

  static let script = """
    const words=document.getElementById('words'),outcome=document.getElementById('outcome'),
    rows=[...document.querySelectorAll('#episodes tbody tr')],matches=document.getElementById('matches');
    function filter(){const w=words.value.toLowerCase().trim();let n=0;for(const r of rows){
    const s=(!outcome.value||r.dataset.outcome===outcome.value)&&r.textContent.toLowerCase().includes(w);
    r.hidden=!s;n+=s}matches.textContent=n+' of '+rows.length}
    words.addEventListener('input',filter);outcome.addEventListener('change',filter);filter();
    """
}
