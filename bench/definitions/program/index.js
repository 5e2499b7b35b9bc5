/** What the files of the bench, written into teams/ beside this program, define. */
const { loadDefinitions } = require("pulumi-change-tracking");

loadDefinitions("teams");
