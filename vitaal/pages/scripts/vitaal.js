// htmx and the little that the pages need beside it. Every page works without this file.
import "htmx.org";
import "./requests.js";
import "./focus.js";
import "./toasts.js";
import "./board.js";
import "./rooms.js";
import "./print.js";
