/* The console's script: each part works by itself, on whatever the page holds now or gets later. */
// @ts-check
import "./request.js";
import "./shortcuts.js";
import "./toast.js";
import "./choices.js";
import "./confirm.js";
import "./answers.js";
import "./dates.js";
import "./files.js";
import "./changed.js";
import "./live.js";
import "./drafts.js";
import "./lists.js";
import "./print.js";
import "./units.js";
import "./waveform.js";
