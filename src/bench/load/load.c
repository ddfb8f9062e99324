/* HTTP load whose bodies are thrown away inside the kernel (recv with MSG_TRUNC), so that it costs almost nothing itself.
 *   load bulk  HOST PORT PATH CONNECTIONS SECONDS             each connection fetches PATH once (SECONDS 0), or again until
 *                                                             the time is over
 *   load req   HOST PORT PATH CONNECTIONS SECONDS KEEPALIVE   small answers a second; KEEPALIVE 0: a connection each
 *   load check HOST PORT PATH                                 reads the body for real: length and FNV-1a hash
 *   load ready HOST PORT PATH MAXMS COMMAND...                starts COMMAND; ms until the first 200; ends it
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}
static struct sockaddr_in sa;
static char req[1024];
static int reqlen;
typedef struct {
    int fd;
    int state;
    int hl;
    char h[8192];
    long left;
    double t0;
    long got;
    int close;
} C;
static void build(const char* host, const char* path, int ka) {
    reqlen = snprintf(req, sizeof req, "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: bench\r\n%s\r\n", path,
                      host, ka ? "" : "Connection: close\r\n");
}
static int cmpd(const void* a, const void* b) {
    double x = *(double*)a, y = *(double*)b;
    return x < y ? -1 : x > y;
}
static int dial(void) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (void*)&sa, sizeof sa)) {
        perror("connect");
        exit(3);
    }
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}
static void cpu(double* u, double* s) {
    struct rusage r;
    getrusage(RUSAGE_SELF, &r);
    *u = r.ru_utime.tv_sec + r.ru_utime.tv_usec * 1e-6;
    *s = r.ru_stime.tv_sec + r.ru_stime.tv_usec * 1e-6;
}
/* header parse: returns body length, -1 if not complete, -2 until close */
static long parse(C* c, int* hdrlen) {
    char* e = memmem(c->h, c->hl, "\r\n\r\n", 4);
    if (!e)
        return -1;
    *hdrlen = e - c->h + 4;
    if (strncmp(c->h + 9, "200", 3) && strncmp(c->h + 9, "206", 3)) {
        fprintf(stderr, "bad status: %.60s\n", c->h);
        exit(4);
    }
    *e = 0;
    char* p = strcasestr(c->h, "\ncontent-length:");
    if (strcasestr(c->h, "\nconnection: close"))
        c->close = 1;
    if (!p)
        return -2;
    return atol(p + 16);
}
int main(int n, char** a) {
    if (n < 5)
        return 2;
    signal(SIGPIPE, SIG_IGN);
    sa.sin_family = AF_INET;
    sa.sin_port = htons(atoi(a[3]));
    inet_pton(AF_INET, a[2], &sa.sin_addr);
    if (!strcmp(a[1], "ready")) {
        double t0 = now();
        pid_t p = fork();
        if (!p) {
            int z = open("/dev/null", O_RDWR);
            dup2(z, 1);
            dup2(z, 2);
            execvp(a[6], a + 6);
            _exit(127);
        }
        build(a[2], a[4], 0);
        double ms = -1, lim = atof(a[5]) / 1e3;
        while (now() - t0 < lim) {
            int fd = socket(AF_INET, SOCK_STREAM, 0);
            if (!connect(fd, (void*)&sa, sizeof sa)) {
                char b[512];
                write(fd, req, reqlen);
                int k = read(fd, b, sizeof b);
                if (k > 12 && !memcmp(b + 9, "200", 3)) {
                    ms = (now() - t0) * 1e3;
                    close(fd);
                    break;
                }
            }
            close(fd);
            usleep(500);
            if (waitpid(p, 0, WNOHANG) == p)
                break;
        }
        char f[64], buf[4096];
        sprintf(f, "/proc/%d/status", p);
        FILE* fp = fopen(f, "r");
        long rss = 0;
        if (fp) {
            while (fgets(buf, sizeof buf, fp))
                if (!strncmp(buf, "VmHWM:", 6))
                    rss = atol(buf + 6);
            fclose(fp);
        }
        kill(p, SIGTERM);
        int st;
        struct rusage r;
        wait4(p, &st, 0, &r);
        printf("{\"ms\":%.1f,\"hwm_kb\":%ld,\"cpu\":%.3f}\n", ms, rss,
               r.ru_utime.tv_sec + r.ru_utime.tv_usec * 1e-6 + r.ru_stime.tv_sec + r.ru_stime.tv_usec * 1e-6);
        return ms < 0;
    }
    if (!strcmp(a[1], "check")) {
        build(a[2], a[4], 0);
        int fd = dial();
        fcntl(fd, F_SETFL, 0);
        write(fd, req, reqlen);
        C c = {0};
        long tot = 0;
        uint64_t h = 1469598103934665603ull;
        static unsigned char b[1 << 18];
        int hd = 0;
        long len = -1;
        int r;
        while ((r = recv(fd, b, sizeof b, 0)) > 0) {
            unsigned char* p = b;
            if (len == -1) {
                int k = r < (int)sizeof c.h - c.hl ? r : (int)sizeof c.h - c.hl;
                memcpy(c.h + c.hl, b, k);
                int old = c.hl;
                c.hl += k;
                len = parse(&c, &hd);
                if (len == -1)
                    continue;
                p = b + hd - old;
                r -= hd - old;
            }
            for (int i = 0; i < r; i++) {
                h ^= p[i];
                h *= 1099511628211ull;
            }
            tot += r;
            if (len >= 0 && tot >= len)
                break;
        }
        printf("{\"len\":%ld,\"clen\":%ld,\"fnv\":\"%016lx\"}\n", tot, len, h);
        return 0;
    }
    int bulk = !strcmp(a[1], "bulk");
    int N = atoi(a[5]);
    double secs = atof(a[6]);
    int ka = bulk ? (secs > 0) : atoi(a[7]);
    build(a[2], a[4], ka);
    C* c = calloc(N, sizeof *c);
    int ep = epoll_create1(0);
    double t0 = now(), u0, s0;
    cpu(&u0, &s0);
    long maxs = 4000000;
    double* lat = malloc(maxs * sizeof(double));
    long nl = 0, bytes = 0, done = 0, errs = 0;
    int alive = N;
    static char sink[1 << 22];
    for (int i = 0; i < N; i++) {
        c[i].fd = dial();
        struct epoll_event e = {EPOLLIN, {.u32 = i}};
        epoll_ctl(ep, EPOLL_CTL_ADD, c[i].fd, &e);
        c[i].t0 = now();
        if (write(c[i].fd, req, reqlen) != reqlen)
            errs++;
    }
    struct epoll_event ev[256];
    double tend = secs > 0 ? t0 + secs : t0 + 300;
    int stop = 0;
    while (alive > 0 && !stop) {
        int k = epoll_wait(ep, ev, 256, 200);
        double t = now();
        if (t > tend)
            break;
        for (int q = 0; q < k; q++) {
            C* x = &c[ev[q].data.u32];
            int fin = 0, eof = 0;
            for (int spin = 0; spin < 4; spin++) {
                if (x->state == 0) {
                    int r = recv(x->fd, x->h + x->hl, sizeof x->h - 1 - x->hl, 0);
                    if (r == 0 || (r < 0 && errno != EAGAIN)) {
                        eof = 1;
                        errs++;
                        break;
                    }
                    if (r < 0)
                        break;
                    x->hl += r;
                    x->h[x->hl] = 0;
                    int hd = 0;
                    long L = parse(x, &hd);
                    if (L == -1)
                        continue;
                    long body = x->hl - hd;
                    x->got = body;
                    bytes += body;
                    x->left = L < 0 ? -1 : L - body;
                    x->state = 1;
                    if (x->left == 0) {
                        fin = 1;
                        break;
                    }
                } else {
                    long want = x->left < 0 || x->left > (long)sizeof sink ? (long)sizeof sink : x->left;
                    int r = recv(x->fd, sink, want, MSG_TRUNC);
                    if (r < 0) {
                        if (errno == EAGAIN)
                            break;
                        eof = 1;
                        errs++;
                        break;
                    }
                    if (r == 0) {
                        if (x->left < 0)
                            fin = 1;
                        else {
                            errs++;
                        }
                        eof = 1;
                        break;
                    }
                    bytes += r;
                    x->got += r;
                    if (x->left > 0)
                        x->left -= r;
                    if (x->left == 0) {
                        fin = 1;
                        break;
                    }
                }
            }
            if (fin) {
                done++;
                if (nl < maxs)
                    lat[nl++] = now() - x->t0;
                if (bulk && secs <= 0) {
                    close(x->fd);
                    x->fd = -1;
                    alive--;
                    continue;
                }
                x->state = 0;
                x->hl = 0;
                x->got = 0;
                if (!ka || x->close || eof) {
                    close(x->fd);
                    x->close = 0;
                    x->fd = dial();
                    struct epoll_event e = {EPOLLIN, {.u32 = x - c}};
                    epoll_ctl(ep, EPOLL_CTL_ADD, x->fd, &e);
                }
                x->t0 = now();
                if (write(x->fd, req, reqlen) != reqlen)
                    errs++;
            } else if (eof) {
                close(x->fd);
                alive--;
            }
        }
    }
    double t = now() - t0, u1, s1;
    cpu(&u1, &s1);
    qsort(lat, nl, sizeof *lat, cmpd);
    double P(double p) {
        return nl ? lat[(long)(p * (nl - 1))] * 1e3 : -1;
    }
    printf(
        "{\"secs\":%.4f,\"bytes\":%ld,\"done\":%ld,\"errs\":%ld,\"MBps\":%.1f,\"rps\":%.0f,\"p50ms\":%.3f,"
        "\"p99ms\":%.3f,\"maxms\":%.3f,\"load_cpu\":%.3f}\n",
        t, bytes, done, errs, bytes / t / 1e6, done / t, P(.5), P(.99), P(1), u1 - u0 + s1 - s0);
    return errs != 0;
}
