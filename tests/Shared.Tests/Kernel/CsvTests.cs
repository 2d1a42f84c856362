using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

public sealed class CsvTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+84", "'+84")]
    [InlineData("-5 °C", "'-5 °C")]
    [InlineData("@x", "'@x")]
    [InlineData("\t=1", "\t'=1")]
    [InlineData("\tx", "'\tx")]
    [InlineData("  =1", "  '=1")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("x;=1+1", "x;'=1+1")]
    [InlineData("x\t=1+1", "x\t'=1+1")]
    [InlineData("x; －1", "x; '－1")]
    [InlineData("x\n=1", "\"x\n'=1\"")]
    [InlineData("a = b; c", "a = b; c")]
    [InlineData("Ấp 2, Xã Lộc Tấn", "\"Ấp 2, Xã Lộc Tấn\"")]
    public async Task No_cell_is_a_formula_however_a_spreadsheet_parts_it(string text, string cell)
    {
        await using var services = SomeReader.Services(new(), TimeProvider.System);
        await using var scope = services.CreateAsyncScope();
        var http = new DefaultHttpContext
        {
            RequestServices = scope.ServiceProvider,
            Response = { Body = new MemoryStream() },
        };
        await new Csv("a.csv", ["c"], new object?[][] { [text] }.ToAsyncEnumerable()).ExecuteAsync(http);

        var written = Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray());
        Assert.Equal($"\uFEFFc\r\n{cell}\r\n", written);
    }
}
