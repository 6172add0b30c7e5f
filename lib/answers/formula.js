'use strict';

// LaTeX as models write it, in characters: what has none stays as it is.

const SYMBOLS = {
  times: '×', cdot: '·', div: '÷', pm: '±', mp: '∓', ast: '*', star: '⋆', circ: '∘', bullet: '•',
  le: '≤', leq: '≤', ge: '≥', geq: '≥', ne: '≠', neq: '≠', approx: '≈', equiv: '≡', sim: '∼', propto: '∝',
  ll: '≪', gg: '≫', in: '∈', notin: '∉', subset: '⊂', subseteq: '⊆', supset: '⊃', cup: '∪', cap: '∩',
  emptyset: '∅', forall: '∀', exists: '∃', neg: '¬', land: '∧', wedge: '∧', lor: '∨', vee: '∨',
  to: '→', rightarrow: '→', leftarrow: '←', leftrightarrow: '↔', Rightarrow: '⇒', Leftarrow: '⇐',
  Leftrightarrow: '⇔', implies: '⇒', iff: '⇔', mapsto: '↦', uparrow: '↑', downarrow: '↓',
  infty: '∞', partial: '∂', nabla: '∇', sum: '∑', prod: '∏', int: '∫', oint: '∮', angle: '∠', perp: '⊥',
  parallel: '∥', triangle: '△', degree: '°', therefore: '∴', because: '∵', prime: '′', ell: 'ℓ', hbar: 'ℏ',
  cdots: '⋯', ldots: '…', dots: '…', langle: '⟨', rangle: '⟩', lfloor: '⌊', rfloor: '⌋', lceil: '⌈', rceil: '⌉',
  alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', epsilon: 'ε', varepsilon: 'ε', zeta: 'ζ', eta: 'η', theta: 'θ',
  iota: 'ι', kappa: 'κ', lambda: 'λ', mu: 'μ', nu: 'ν', xi: 'ξ', pi: 'π', rho: 'ρ', sigma: 'σ', tau: 'τ',
  upsilon: 'υ', phi: 'φ', varphi: 'φ', chi: 'χ', psi: 'ψ', omega: 'ω', Gamma: 'Γ', Delta: 'Δ', Theta: 'Θ',
  Lambda: 'Λ', Xi: 'Ξ', Pi: 'Π', Sigma: 'Σ', Phi: 'Φ', Psi: 'Ψ', Omega: 'Ω',
  quad: ' ', qquad: ' ', left: '', right: '', big: '', Big: '', bigg: '', Bigg: '', displaystyle: '', limits: '',
}; // prettier-ignore

/** Commands of which only what they hold is shown. */
const PLAIN =
  'text|textbf|textit|mathrm|mathbf|mathit|mathbb|mathcal|operatorname|boxed|overline|underline|vec|hat|bar';
const SUPERSCRIPTS = pairs('0123456789+-=()nix', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣ');
const SUBSCRIPTS = pairs('0123456789+-=()aehijklmnoprstuvx', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ');

/** Each takes what is in its braces, in which there is no other: the innermost go first. */
const GROUPS = new RegExp(String.raw`\\(${PLAIN})\{([^{}\\]*)\}|\\([dt]?frac)\{([^{}\\]*)\}\{([^{}\\]*)\}|\\sqrt\{([^{}\\]*)\}`, 'g'); // prettier-ignore
/** So many of them may stand in one another. */
const DEPTH = 8;

/**
 * A formula without its delimiters.
 * @param {string} latex
 */
function formula(latex) {
  let text = latex
    .replaceAll(/ ?\\\\[ \n]?/g, '\n')
    .replaceAll(/\\(?:begin|end)\{[a-z]{1,20}\*?\}/g, '')
    .replaceAll(/\\([A-Za-z]{2,20})(?![A-Za-z])/g, (command, name) => symbol(command, name))
    .replaceAll(/\\[,;:! ]/g, ' ');
  for (let depth = 0; depth < DEPTH; depth++) {
    const simpler = scripts(text).replaceAll(GROUPS, group);
    if (simpler === text) break;
    text = simpler;
  }
  return text
    .replaceAll(/\\([{}$%&#_])/g, '$1')
    .replaceAll(/ ?& ?/g, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}

/** @param {string} command @param {string} name */
function symbol(command, name) {
  return Object.hasOwn(SYMBOLS, name) ? SYMBOLS[/** @type {keyof typeof SYMBOLS} */ (name)] : command;
}

/** @param {string} _ @param {(string | undefined)[]} parts */
function group(_, ...[, plain, fraction, above, below, root]) {
  if (plain !== undefined) return plain;
  return fraction ? `${term(above ?? '')}/${term(below ?? '')}` : `√${term(root ?? '')}`;
}

/** In parentheses where it would be read otherwise without them. @param {string} text */
function term(text) {
  return /^[\p{L}\p{N}.√]*$/u.test(text) ? text : `(${text})`;
}

/** @param {string} text */
function scripts(text) {
  return text.replaceAll(/([\^_])(?:\{([^{}\\]*)\}|([A-Za-z0-9+-]))/g, (_, mark, inBraces, alone) => {
    const given = inBraces ?? alone;
    const small = Array.from(given, (/** @type {string} */ c) =>
      (mark === '^' ? SUPERSCRIPTS : SUBSCRIPTS).get(c),
    );
    return small.includes(undefined) ? `${mark}${term(given)}` : small.join('');
  });
}

/** @param {string} plain @param {string} small */
function pairs(plain, small) {
  const others = Array.from(small);
  return new Map(Array.from(plain, (c, index) => /** @type {const} */ ([c, others[index]])));
}

module.exports = { formula };
