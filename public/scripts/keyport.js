// What the pages gain with script. Every one of them works without it.
import './agreement.js'
import './bulk.js'
import './copy.js'
import './focus.js'
import './menus.js'
import './once.js'
import './password.js'
import './time-zone.js'
