using System.IO.Compression;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MiniExcelLibs;

namespace Loa.Kernel;

[AnyEngine]
public sealed class XlsxTests
{
    static readonly SheetColumn[] columns =
    [
        new("Tên"),
        new("Số", CellKind.Number),
        new("Lúc", CellKind.Moment),
        new("Ngày", CellKind.Day),
    ];

    [Fact]
    public async Task Numbers_are_numbers_dates_are_dates_and_a_text_is_never_a_formula()
    {
        var at = new DateTimeOffset(2026, 11, 28, 22, 5, 6, TimeSpan.Zero);
        using var book = await Written([
            ["=1+1", 7, at, new DateOnly(2026, 12, 5)],
            ["@a\u0001<b>", null, null, null],
        ]);

        var rows = book.Query().Cast<IDictionary<string, object?>>().Select(r => r.Values.ToArray()).ToList();
        Assert.Equal(["Tên", "Số", "Lúc", "Ngày"], rows[0]);
        Assert.Equal(["=1+1", 7.0, new DateTime(2026, 11, 29, 5, 5, 6), new DateTime(2026, 12, 5)], rows[1]);
        var sheet = Sheet(book);
        Assert.DoesNotContain(sheet.Descendants(), e => e.Name.LocalName == "f");
        Assert.Equal("str", sheet.Descendants().First(e => e.Attribute("r")?.Value == "A2").Attribute("t")?.Value);
    }

    [Fact]
    public async Task A_list_without_rows_has_its_headings_and_a_sheet_holds_only_rows()
    {
        using var book = await Written([]);

        var data = Sheet(book).Descendants().Single(e => e.Name.LocalName == "sheetData");
        Assert.All(data.Elements(), e => Assert.Equal("row", e.Name.LocalName));
        Assert.Single(data.Elements());
    }

    [Fact]
    public async Task A_server_that_dies_while_it_writes_leaves_no_file()
    {
        string[] left = ["?"];
        using var book = await Written(Rows());

        Assert.Empty(left);

        IEnumerable<object?[]> Rows()
        {
            left = Directory.GetFiles(Path.GetTempPath(), "loa-*.xlsx");
            yield return ["a", 1, null, null];
        }
    }

    [Fact]
    public async Task A_hundred_thousand_rows_take_little_memory()
    {
        var most = 0L;
        using var book = await Written(Many());

        Assert.InRange(most, 1, 150L << 20);

        IEnumerable<object?[]> Many()
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            for (var i = 0; i < 100_000; i++)
            {
                if (i % 10_000 == 0)
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
                yield return [$"Cụm loa {i}", i, DateTimeOffset.UnixEpoch, null];
            }
        }
    }

    static async Task<MemoryStream> Written(IEnumerable<object?[]> rows)
    {
        await using var services = SomeReader.Services(new(), TimeProvider.System);
        await using var scope = services.CreateAsyncScope();
        var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider, Response = { Body = body } };

        await new Xlsx("a.xlsx", columns, rows.ToAsyncEnumerable()).ExecuteAsync(http);

        Assert.Equal(body.Length, http.Response.ContentLength);
        body.Position = 0;
        return body;
    }

    static XDocument Sheet(Stream book)
    {
        using var archive = new ZipArchive(book, ZipArchiveMode.Read, leaveOpen: true);
        using var sheet = archive.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        return XDocument.Load(sheet);
    }
}
