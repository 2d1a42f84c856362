using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Loa.Kernel;

/// <summary>How a problem is shown to a person who asked for a page; Ui gives one, a test may go without.</summary>
public delegate Task ProblemPage(HttpContext http, ProblemDetails problem);

/// <summary>Turns every exception into one answer (RFC 9457 problem details, with our code and the reader's language), once, for all use cases.</summary>
sealed partial class Problems(ILogger<Problems> log, Outages outages, TimeProvider clock, ProblemPage? page = null)
    : IExceptionHandler
{
    const string RetryAfterSeconds = "10";

    // While the disk is full every request says the same; the log must not be one more thing that fills it.
    static readonly TimeSpan told = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<int, long> lastTold = new();

    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancel)
    {
        // Whoever hangs up in the middle is told nothing, and is no bug.
        var hungUp = http.RequestAborted.IsCancellationRequested;
        if (hungUp && exception is OperationCanceledException or BadHttpRequestException or ConnectionResetException)
            return true;

        var problem = Describe(exception);
        if (problem.Status == StatusCodes.Status500InternalServerError)
            Log.Bug(log, exception, http.Request.Method, http.Request.Path, RequestTrace.IdOf(http));
        if (problem.Status >= 500 && Outage.Of(exception) is { } outage)
        {
            http.Response.Headers.RetryAfter = RetryAfterSeconds;
            if (!outages.Is(outage) && OftenEnough(problem.Status.Value))
                Log.Outage(
                    log,
                    http.Request.Method,
                    http.Request.Path,
                    exception.GetBaseException().Message,
                    RequestTrace.IdOf(http)
                );
        }
        problem.Extensions["trace"] = RequestTrace.IdOf(http);
        http.Response.StatusCode = problem.Status!.Value;

        try
        {
            if (page is not null && WantsPage(http.Request))
                await page(http, problem);
            else
                await http.Response.WriteAsJsonAsync(problem, options: null, "application/problem+json", cancel);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read it.
        }
        return true;
    }

    internal static bool WantsPage(HttpRequest request) =>
        !request.Headers.ContainsKey("HX-Request")
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    static ProblemDetails Describe(Exception exception) =>
        exception switch
        {
            RefusedException e => Refused(e),
            MissingException e => Problem(404, "missing." + e.What, Words.Get("missing." + e.What)),
            ForbiddenException e => Problem(403, "forbidden", Words.Get("forbidden", Words.Get("right." + e.Right))),
            InvalidException e => Invalid(e),
            BadHttpRequestException { StatusCode: 413 } => Problem(
                413,
                "invalid.too-large",
                Words.Get("invalid.too-large")
            ),
            BadHttpRequestException e => Problem(e.StatusCode, "invalid", Words.Get("invalid")),
            ConnectionResetException => Problem(400, "invalid", Words.Get("invalid")),
            _ when Outage.Of(exception) is OutageKind.NoRoom => Problem(507, "no-room", Words.Get("no-room")),
            _ when Outage.Of(exception) is OutageKind.DatabaseAway => Problem(
                503,
                "database-away",
                Words.Get("database-away")
            ),
            _ => Problem(500, "bug", Words.Get("bug")),
        };

    bool OftenEnough(int status)
    {
        var now = clock.GetTimestamp();
        if (lastTold.TryGetValue(status, out var last) && clock.GetElapsedTime(last, now) < told)
            return false;
        lastTold[status] = now;
        return true;
    }

    static ProblemDetails Refused(RefusedException exception)
    {
        var detail = Words.Get("refused." + exception.Code, Refuse.Shown(exception.Args));
        var problem = Problem(409, exception.Code, detail);
        if (exception.Reason is { } reason)
            problem.Extensions["reason"] = reason;
        if (exception.Member is { } member)
            problem.Extensions["member"] = member;
        return problem;
    }

    static ProblemDetails Invalid(InvalidException exception)
    {
        var first = exception.Fields.First();
        var problem = Problem(400, "invalid", Invalid(first.Key, first.Value[0]));
        problem.Extensions["member"] = first.Key;
        problem.Extensions["errors"] = exception.Fields.ToDictionary(
            f => f.Key,
            f => f.Value.Select(code => Invalid(f.Key, code)).ToArray(),
            StringComparer.Ordinal
        );
        return problem;
    }

    static string Invalid(string field, string code)
    {
        var name = Words.Get("field." + field);
        return Words.Get("invalid." + code, code == "required" ? InSentence(name) : name);
    }

    /// <summary>A label as it stands within a sentence; an abbreviation stays as it is.</summary>
    static string InSentence(string label) =>
        label.Length > 1 && char.IsUpper(label[1])
            ? label
            : char.ToLower(label[0], CultureInfo.CurrentUICulture) + label[1..];

    static ProblemDetails Problem(int status, string code, string detail) =>
        new()
        {
            Status = status,
            Title = code,
            Detail = detail,
            Extensions = { ["code"] = code },
        };

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed by a bug, request {Request}")]
        public static partial void Bug(ILogger log, Exception exception, string method, string path, string request);

        [LoggerMessage(
            2,
            LogLevel.Error,
            "{Method} {Path} was not done, by trouble of the machine: {Trouble}, request {Request}"
        )]
        public static partial void Outage(ILogger log, string method, string path, string trouble, string request);
    }
}
