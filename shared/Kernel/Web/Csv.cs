using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Loa.Kernel;

/// <summary>
/// A list as a file for a spreadsheet (RFC 4180, UTF-8 with its mark), sent row by row while it is read. Who loses his right
/// meanwhile is cut off, and sees a file that broke off.
/// </summary>
public sealed partial class Csv(string fileName, IReadOnlyList<string> header, IAsyncEnumerable<object?[]> rows)
    : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var cancel = httpContext.RequestAborted;
        // What refuses the first row refuses the file: then nothing of it was sent.
        await using var lines = rows.GetAsyncEnumerator(cancel);
        var hasMore = await lines.MoveNextAsync();
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = FileName.Attached(fileName);
        await using var writer = new StreamWriter(
            response.Body,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)
        );
        await writer.WriteAsync(Line(header).AsMemory(), cancel);
        var watch = new RightWatch(httpContext);
        for (; hasMore; hasMore = await lines.MoveNextAsync())
        {
            if (!await watch.Holds(cancel))
            {
                httpContext.Abort();
                return;
            }
            await writer.WriteAsync(Line(lines.Current).AsMemory(), cancel);
        }
    }

    static string Line(IEnumerable<object?> values) => string.Join(',', values.Select(Cell)) + "\r\n";

    static string Cell(object? value)
    {
        var text = value switch
        {
            null => "",
            string typed => Formula().Replace(typed, "${head}'"),
            DateTimeOffset at => VietnamTime.Of(at).ToString("dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        return text.AsSpan().ContainsAny("\",\r\n")
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }

    // What a spreadsheet would take for a formula: at the head of a cell, and where one that parts cells by semicolons, tabs or line
    // ends would see a head; also in letters of full width.
    [GeneratedRegex(
        @"(?<head>(^|[;\t\r\n])\s*)(?=[=+\-@＝＋－＠])|^(?=[\t\r])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Formula();
}
