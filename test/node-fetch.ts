// Loads Node's own fetch before any client: the first one in a process serves all others, and Slack's, loaded first,
// cannot send the files of Discord's (findings/undici-first-loaded-serves-all.sh). The program loads Discord's first.
void globalThis.FormData;
