using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Loa.Ui;

/// <summary>
/// Answers an open page that asks whether it still shows what is so: of the page only the parts that live, of these only those
/// that it does not have yet, and 304 when it has them all.
/// </summary>
/// <remarks>Each part goes after a comment with its tag, by which the page names it the next time.</remarks>
sealed partial class LiveAnswers(RequestDelegate next)
{
    public const string Header = "Loa-Live";

    const int TagBytes = 12;

    public const string Begin = "<!--live-->";
    public const string End = "<!--/live-->";

    public async Task Invoke(HttpContext http)
    {
        if (!http.Request.IsLive())
        {
            await next(http);
            return;
        }
        var (response, outside) = (http.Response, http.Response.Body);
        using var whole = new MemoryStream();
        response.Body = whole;
        try
        {
            await next(http);
        }
        finally
        {
            response.Body = outside;
        }
        if (
            response.StatusCode == StatusCodes.Status200OK
            && response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true
        )
            await AnswerParts(http, Encoding.UTF8.GetString(whole.GetBuffer(), 0, (int)whole.Length));
        else if (whole.Length > 0)
            await outside.WriteAsync(whole.GetBuffer().AsMemory(0, (int)whole.Length), http.RequestAborted);
    }

    static async Task AnswerParts(HttpContext http, string page)
    {
        var held = http.Request.Headers.IfNoneMatch.ToString();
        var answer = new StringBuilder();
        foreach (Match part in Parts().Matches(page))
        {
            var html = part.Groups["html"].Value;
            var tag = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(html)).AsSpan(0, TagBytes));
            if (!held.Contains(tag, StringComparison.Ordinal))
                answer.Append("<!--live:").Append(tag).Append("-->").Append(html);
        }
        if (answer.Length == 0 && held.Length > 0)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            http.Response.ContentType = null;
            return;
        }
        http.Response.ContentLength = null;
        await http.Response.WriteAsync(answer.ToString(), http.RequestAborted);
    }

    [GeneratedRegex(
        Begin + "(?<html>.*?)" + End,
        RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Parts();
}

/// <summary>Tells a page that renews itself from one that somebody opens.</summary>
public static class LiveRequests
{
    public static bool IsLive(this HttpRequest request) => request.Headers.ContainsKey(LiveAnswers.Header);
}
