using System.Text;

namespace Loa.Kernel;

public sealed class CsvTableTests
{
    [Theory]
    [InlineData("a,b\r1,2\r3,4", ',')]
    [InlineData("a,b\n1,2\n3,4\n", ',')]
    [InlineData("a;b\r\n1;2\r\n\r\n3;4", ';')]
    [InlineData("sep=;\r\na;b\r\n1;2\r\n3;4", ';')]
    [InlineData("\uFEFF\"sep=|\"\na|b\n1|2\n3|4", '|')]
    [InlineData("a\tb\r1\t\"2\"\r3\t4", '\t')]
    public void Rows_are_found_whatever_the_spreadsheet_wrote_between_them(string text, char delimiter)
    {
        var table = Read(text);

        Assert.Equal(["a", "b"], table.Rows[0].Cells);
        Assert.Equal(["1", "2"], table.Rows[1].Cells);
        Assert.Equal(["3", "4"], table.Rows[2].Cells);
        Assert.Null(table.OpenQuote);
        Assert.Equal(text.Contains("sep=", StringComparison.Ordinal) ? 2 : 1, table.Rows[0].Line);
        Assert.Contains(delimiter, text);
    }

    [Fact]
    public void A_quote_that_never_ends_is_told_with_its_line() =>
        Assert.Equal(3, Read("a,b\n1,2\n3,\"4\n5,6\n").OpenQuote);

    [Fact]
    public void A_quoted_cell_keeps_its_quotes_and_lines()
    {
        var table = Read("a,b\n\"x \"\"y\"\"\n,z\", \"w\" \nlast,1");

        Assert.Equal(["x \"y\"\n,z", "w"], table.Rows[1].Cells);
        Assert.Equal(4, table.Rows[2].Line);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Every_encoding_of_spreadsheets_with_its_mark_is_read(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        Assert.Equal("Số máy", CsvText.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes("Số máy")]));
    }

    [Fact]
    public void Another_encoding_is_told()
    {
        Assert.Throws<InvalidException>(() => CsvText.Decode(Encoding.Latin1.GetBytes("Bàn")));
        Assert.Throws<InvalidException>(() => CsvText.Decode(Encoding.Unicode.GetBytes("serial")));
    }

    [Fact]
    public void Reading_can_be_stopped() =>
        Assert.Throws<OperationCanceledException>(() =>
            CsvTable.Read("a,b", 10, new CancellationToken(canceled: true))
        );

    static CsvTable Read(string text) => CsvTable.Read(text, 100, CancellationToken.None);
}
