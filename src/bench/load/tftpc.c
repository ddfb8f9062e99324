/* TFTP load client: many concurrent downloads in one epoll loop, blksize (RFC 2348), windowsize (RFC 7440),
 * tsize, rollover. tftpc HOST PORT FILE BLKSIZE WINDOW CONCURRENT TOTAL [verify-file] ; TIMEOUT_MS env
 * (default 250), MAXS env (default 60) */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}
typedef struct {
    int fd;
    int state;
    uint64_t next;
    int inwin;
    int blk, win;
    long got;
    double t0, last;
    int tries;
    int peer;
    struct sockaddr_in pa;
    int gapacked;
} T;
static struct sockaddr_in srv;
static const char* file;
static int BLK, WIN, TMO = 250;
static unsigned char* ver;
static long verlen;
static long acks, dups, gaps, tmos, sent;
static void rrq(T* t) {
    unsigned char b[600];
    int n = 0;
    b[0] = 0;
    b[1] = 1;
    n = 2;
    n += sprintf((char*)b + n, "%s", file) + 1;
    n += sprintf((char*)b + n, "octet") + 1;
    if (BLK != 512) {
        n += sprintf((char*)b + n, "blksize") + 1;
        n += sprintf((char*)b + n, "%d", BLK) + 1;
    }
    if (WIN > 1) {
        n += sprintf((char*)b + n, "windowsize") + 1;
        n += sprintf((char*)b + n, "%d", WIN) + 1;
    }
    n += sprintf((char*)b + n, "tsize") + 1;
    n += sprintf((char*)b + n, "0") + 1;
    sendto(t->fd, b, n, 0, (void*)&srv, sizeof srv);
    t->last = now();
    sent++;
}
static void ack(T* t, uint64_t n) {
    unsigned char b[4] = {0, 4, (n >> 8) & 255, n & 255};
    send(t->fd, b, 4, 0);
    t->last = now();
    acks++;
}
static int ep;
static int started, total;
static void start(T* t, int idx) {
    if (t->fd > 0)
        close(t->fd);
    memset(t, 0, sizeof *t);
    t->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    int rb = 1 << 20;
    setsockopt(t->fd, SOL_SOCKET, SO_RCVBUF, &rb, sizeof rb);
    struct epoll_event e = {EPOLLIN, {.u32 = idx}};
    epoll_ctl(ep, EPOLL_CTL_ADD, t->fd, &e);
    t->blk = 512;
    t->win = 1;
    t->next = 1;
    t->t0 = now();
    started++;
    rrq(t);
}
static int cmpd(const void* a, const void* b) {
    double x = *(double*)a, y = *(double*)b;
    return x < y ? -1 : x > y;
}
int main(int n, char** a) {
    if (n < 8)
        return 2;
    srv.sin_family = AF_INET;
    srv.sin_port = htons(atoi(a[2]));
    inet_pton(AF_INET, a[1], &srv.sin_addr);
    file = a[3];
    BLK = atoi(a[4]);
    WIN = atoi(a[5]);
    int N = atoi(a[6]);
    total = atoi(a[7]);
    if (n > 8) {
        int f = open(a[8], O_RDONLY);
        struct stat s;
        fstat(f, &s);
        verlen = s.st_size;
        ver = mmap(0, verlen, PROT_READ, MAP_SHARED, f, 0);
    }
    if (getenv("TIMEOUT_MS"))
        TMO = atoi(getenv("TIMEOUT_MS"));
    double maxs = getenv("MAXS") ? atof(getenv("MAXS")) : 60;
    if (N > total)
        N = total;
    T* t = calloc(N, sizeof *t);
    double* lat = malloc(sizeof(double) * total);
    int nd = 0, bad = 0;
    long bytes = 0;
    ep = epoll_create1(0);
    double t0 = now();
    int alive = N, gotwin = 0, gotblk = 0;
    for (int i = 0; i < N; i++)
        start(&t[i], i);
    static unsigned char b[70000];
    struct epoll_event ev[128];
    double lastscan = now();
    while (alive > 0) {
        int k = epoll_wait(ep, ev, 128, 10);
        double w = now();
        if (w - t0 > maxs)
            break;
        for (int q = 0; q < k; q++) {
            int idx = ev[q].data.u32;
            T* x = &t[idx];
            int endt = 0;
            for (int spin = 0; spin < 256 && !endt; spin++) {
                int r;
                if (!x->peer) {
                    socklen_t l = sizeof x->pa;
                    r = recvfrom(x->fd, b, sizeof b, 0, (void*)&x->pa, &l);
                    if (r < 0)
                        break;
                    x->peer = 1;
                    connect(x->fd, (void*)&x->pa, sizeof x->pa);
                } else {
                    r = recv(x->fd, b, sizeof b, 0);
                    if (r < 0) {
                        if (errno == EAGAIN)
                            break;
                        bad++;
                        endt = 2;
                        break;
                    }
                }
                if (r < 4)
                    continue;
                int op = b[1];
                if (op == 5) {
                    fprintf(stderr, "tftp error %d %s\n", b[3], b + 4);
                    bad++;
                    endt = 2;
                    break;
                }
                if (op == 6) {
                    if (x->state == 0) {
                        char *p = (char*)b + 2, *e = (char*)b + r;
                        while (p < e) {
                            char* o = p;
                            p += strlen(p) + 1;
                            if (p >= e)
                                break;
                            char* v = p;
                            p += strlen(p) + 1;
                            if (!strcasecmp(o, "blksize"))
                                x->blk = atoi(v);
                            if (!strcasecmp(o, "windowsize"))
                                x->win = atoi(v);
                        }
                        gotwin = x->win;
                        gotblk = x->blk;
                        x->state = 1;
                        ack(x, 0);
                    } else if (x->next == 1)
                        ack(x, 0);
                    continue;
                }
                if (op != 3)
                    continue;
                if (x->state == 0) {
                    x->state = 1;
                    gotwin = 1;
                    gotblk = 512;
                }
                uint16_t blk = b[2] << 8 | b[3];
                if (blk == (uint16_t)x->next) {
                    int len = r - 4;
                    if (ver) {
                        long off = (long)(x->next - 1) * x->blk;
                        if (off + len > verlen || memcmp(ver + off, b + 4, len)) {
                            fprintf(stderr, "MISMATCH at block %lu\n", x->next);
                            exit(5);
                        }
                    }
                    x->got += len;
                    bytes += len;
                    x->inwin++;
                    x->gapacked = 0;
                    x->tries = 0;
                    x->last = w;
                    int fin = len < x->blk;
                    if (fin || x->inwin >= x->win) {
                        ack(x, x->next);
                        x->inwin = 0;
                    }
                    x->next++;
                    if (fin) {
                        endt = 1;
                    }
                } else {
                    uint16_t d = (uint16_t)x->next - blk;
                    if (d < 32768 && d > 0) {
                        dups++; /* RFC 1123: a receiver answers a duplicate; once per stall when windows are
                                   used */
                        if (x->win == 1 || !x->gapacked) {
                            ack(x, x->next - 1);
                            x->inwin = 0;
                            x->gapacked = 1;
                        }
                    } else {
                        gaps++;
                        if (!x->gapacked) {
                            ack(x, x->next - 1);
                            x->inwin = 0;
                            x->gapacked = 1;
                        }
                    }
                }
            }
            if (endt) {
                if (endt == 1) {
                    if (ver && x->got != verlen) {
                        fprintf(stderr, "LENGTH %ld != %ld\n", x->got, verlen);
                        exit(5);
                    }
                    lat[nd++] = now() - x->t0;
                }
                if (started < total)
                    start(x, idx);
                else {
                    close(x->fd);
                    x->fd = 0;
                    alive--;
                }
            }
        }
        if (w - lastscan > 0.02) {
            lastscan = w;
            for (int i = 0; i < N; i++)
                if (t[i].fd > 0 && w - t[i].last > TMO / 1e3) {
                    tmos++;
                    t[i].last = w;
                    if (++t[i].tries > 80) {
                        bad++;
                        close(t[i].fd);
                        t[i].fd = 0;
                        alive--;
                        continue;
                    }
                    if (t[i].state == 0)
                        rrq(&t[i]);
                    else {
                        ack(&t[i], t[i].next - 1);
                        t[i].inwin = 0;
                        t[i].gapacked = 0;
                    }
                }
        }
    }
    double s = now() - t0;
    struct rusage r;
    getrusage(RUSAGE_SELF, &r);
    qsort(lat, nd, sizeof *lat, cmpd);
    printf(
        "{\"secs\":%.4f,\"bytes\":%ld,\"done\":%d,\"bad\":%d,\"MBps\":%.2f,\"blk\":%d,\"win\":%d,\"p50s\":%."
        "4f,\"maxs\":%.4f,\"acks\":%ld,\"dups\":%ld,\"gaps\":%ld,\"timeouts\":%ld,\"load_cpu\":%.3f}\n",
        s, bytes, nd, bad + alive, bytes / s / 1e6, gotblk, gotwin, nd ? lat[nd / 2] : -1,
        nd ? lat[nd - 1] : -1, acks, dups, gaps, tmos,
        r.ru_utime.tv_sec + r.ru_utime.tv_usec * 1e-6 + r.ru_stime.tv_sec + r.ru_stime.tv_usec * 1e-6);
    return nd != total;
}
