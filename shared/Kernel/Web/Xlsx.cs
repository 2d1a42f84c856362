using System.Globalization;
using Microsoft.AspNetCore.Http;
using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.OpenXml;

namespace Loa.Kernel;

/// <summary>What a column of a sheet holds: how a spreadsheet shows, sorts and adds it.</summary>
public enum CellKind
{
    Text,
    Number,
    Moment,
    Day,
}

/// <summary>One column of a sheet.</summary>
public sealed record SheetColumn(string Title, CellKind Kind = CellKind.Text);

/// <summary>
/// A list as a workbook: dates are dates, numbers are numbers, and a text is never a formula. It is written to a file first, row by
/// row, so that memory holds little of it; who loses his right meanwhile gets nothing.
/// </summary>
public sealed class Xlsx(string fileName, IReadOnlyList<SheetColumn> columns, IAsyncEnumerable<object?[]> rows)
    : IResult
{
    const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    const int LongestCell = 32_767;
    const int Buffer = 64 * 1024;

    static readonly Dictionary<CellKind, (string? Format, double Width)> looks = new()
    {
        [CellKind.Text] = (null, 28),
        [CellKind.Number] = (null, 12),
        [CellKind.Moment] = ("dd/mm/yyyy hh:mm:ss", 20),
        [CellKind.Day] = ("dd/mm/yyyy", 12),
    };

    bool isCut;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancel = httpContext.RequestAborted;
        await using var file = new FileStream(
            Path.Combine(Path.GetTempPath(), $"loa-{Guid.CreateVersion7():N}.xlsx"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            Buffer,
            FileOptions.Asynchronous
        );
        // From here on it has no name: whatever ends the server leaves nothing behind.
        File.Delete(file.Name);
        var watch = new RightWatch(httpContext);
        // MiniExcel 1.46 writes a sheet that Excel has to repair when it is asked to write asynchronously.
        await Task.Run(() => Write(file, Watched(watch, cancel).ToBlockingEnumerable(cancel)), cancel);
        if (isCut)
        {
            httpContext.Abort();
            return;
        }
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.ContentLength = file.Length;
        response.Headers.ContentDisposition = FileName.Attached(fileName);
        file.Position = 0;
        await file.CopyToAsync(response.Body, cancel);
    }

    void Write(Stream to, IEnumerable<object?[]> written)
    {
        var configuration = new OpenXmlConfiguration
        {
            TableStyles = TableStyles.None,
            // Each of the ten parts of a workbook gets a buffer of this length; unless told, megabytes that are mostly empty.
            BufferSize = Buffer,
            AutoFilter = false,
            FreezeRowCount = 1,
            DynamicColumns =
            [
                .. columns.Select(
                    (column, i) =>
                        new DynamicExcelColumn(Key(i))
                        {
                            Index = i,
                            Format = looks[column.Kind].Format,
                            Width = looks[column.Kind].Width,
                        }
                ),
            ],
        };
        // The headings are a row like any other, so that a list without rows has them too.
        var sheet = written.Prepend([.. columns.Select(c => c.Title)]).Select(Row);
        MiniExcel.SaveAs(to, sheet, printHeader: false, "Loa", ExcelType.XLSX, configuration);
    }

    static IDictionary<string, object?> Row(object?[] values)
    {
        var row = new Dictionary<string, object?>(values.Length, StringComparer.Ordinal);
        for (var i = 0; i < values.Length; i++)
            row[Key(i)] = Cell(values[i]);
        return row;
    }

    static object? Cell(object? value) =>
        value switch
        {
            null => null,
            DateTimeOffset at => VietnamTime.Of(at).DateTime,
            string text => text.Length > LongestCell ? text[..LongestCell] : text,
            DateOnly or int or long or double or decimal => value,
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };

    async IAsyncEnumerable<object?[]> Watched(
        RightWatch watch,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (var row in rows.WithCancellation(cancel))
        {
            if (isCut = !await watch.Holds(cancel))
                yield break;
            yield return row;
        }
    }

    static string Key(int column) => column.ToString(CultureInfo.InvariantCulture);
}
