/* Starts Ichor on Windows: runs the bundled Java inside this process, so that icon, taskbar group, name in the task
 * manager and the firewall's "program=" are this file's. The arguments of Java and the main class come from
 * app\launcher.cfg, one a line; {app} there is the folder of this file.
 *
 * ichor-cli --make-cache, which the setup calls, runs the demo once and keeps what Java learnt from it in app\ichor.aot;
 * later starts take that. Java passes over one of another Java or other jars. */
#define UNICODE
#define _UNICODE
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define MAX_ARGS 512
#define LONGEST_PATH 32768
#define LONGEST_LINE 4096
#define CACHE "\\app\\ichor.aot"

/* The JDK's own entry, as its java.exe calls it (src/java.base/share/native/libjli/java.h). */
typedef int (*Launch)(int argc, char **argv, int jargc, const char **jargv, int appclassc, const char **appclassv,
                      const char *fullversion, const char *dotversion, const char *pname, const char *lname,
                      unsigned char javaargs, unsigned char cpwildcard, unsigned char javaw, int ergo);

static char *args[MAX_ARGS + 1];
static int count;

static int damaged(const wchar_t *what) {
    wchar_t text[1024];
    _snwprintf(text, 1023, L"%ls\n\nInstall Ichor again; your clusters are kept. (Error %lu)", what, GetLastError());
    text[1023] = 0;
    if (CONSOLE) fwprintf(stderr, L"%ls\n", text);
    else MessageBoxW(NULL, text, L"Ichor", MB_ICONERROR | MB_OK);
    return 1;
}

static char *narrow(const wchar_t *wide) {
    int size = WideCharToMultiByte(CP_ACP, 0, wide, -1, NULL, 0, NULL, NULL);
    char *text = malloc(size);
    WideCharToMultiByte(CP_ACP, 0, wide, -1, text, size, NULL, NULL);
    return text;
}

static void add(char *arg) {
    if (count < MAX_ARGS) args[count++] = arg;
}

/* The line with the folder in the place of {app}. */
static char *filled(const char *line, const char *folder) {
    const char *mark = strstr(line, "{app}");
    if (!mark) return _strdup(line);
    char *text = malloc(strlen(line) + strlen(folder) + 1);
    sprintf(text, "%.*s%s%s", (int)(mark - line), line, folder, mark + strlen("{app}"));
    return text;
}

static int read_config(const wchar_t *path, const char *folder) {
    FILE *file = _wfopen(path, L"rb");
    if (!file) return 0;
    char line[LONGEST_LINE];
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n")] = 0;
        if (line[0] && line[0] != '#') add(filled(line, folder));
    }
    fclose(file);
    return 1;
}

static void add_option(const char *option, const char *folder) {
    char *text = malloc(strlen(option) + strlen(folder) + sizeof CACHE);
    sprintf(text, "%s%s%s", option, folder, CACHE);
    add(text);
}

/* G1 for the run that teaches, since only it can keep objects; the program itself runs with the serial collector. */
static void add_start_cache(const wchar_t *folder, const char *narrow_folder, int teach) {
    static wchar_t path[LONGEST_PATH + 64];
    add(teach ? "-XX:+UseG1GC" : "-XX:+UseSerialGC");
    _snwprintf(path, LONGEST_PATH + 63, L"%ls" CACHE, folder);
    if (teach) add_option("-XX:AOTCacheOutput=", narrow_folder);
    else if (GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES) add_option("-XX:AOTCache=", narrow_folder);
}

int main(void) {
    static wchar_t folder[LONGEST_PATH], path[LONGEST_PATH + 64];
    GetModuleFileNameW(NULL, folder, LONGEST_PATH - 1);
    *wcsrchr(folder, L'\\') = 0;
    _snwprintf(path, LONGEST_PATH + 63, L"%ls\\runtime\\bin", folder);
    SetDllDirectoryW(path);
    wcscat(path, L"\\jli.dll");
    HMODULE jli = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!jli) return damaged(L"Ichor's own Java (runtime\\bin\\jli.dll) could not be loaded.");
    Launch launch = (Launch)(void *)GetProcAddress(jli, "JLI_Launch");
    if (!launch) return damaged(L"Ichor's own Java is damaged (JLI_Launch is missing).");

    int given;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &given);
    char *here = narrow(folder);
    add(narrow(words[0]));
    int teach = given == 2 && !wcscmp(words[1], L"--make-cache");
    add_start_cache(folder, here, teach);
    _snwprintf(path, LONGEST_PATH + 63, L"%ls\\app\\launcher.cfg", folder);
    if (!read_config(path, here)) return damaged(L"app\\launcher.cfg is missing.");
    if (teach) {
        add("demo");
        add("--machines=1");
    } else {
        for (int i = 1; i < given; i++) add(narrow(words[i]));
    }
    args[count] = NULL;
    return launch(count, args, 0, NULL, 0, NULL, "25", "25", "ichor", "ichor", 0, 1, !CONSOLE, 0);
}
