using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Loa.Vietnamese;

/// <summary>Asks espeak-ng's Vietnamese voice: it marks in its phonemes where it reads by English rules.</summary>
public sealed class RespelledTests
{
    const string english = "(en)";

    // These it does not read as English, but not as anybody says them either.
    static readonly string[] otherwiseWrong = ["gi", "internet", "offline"];

    [Fact]
    public async Task Each_word_that_is_respelled_needs_it_and_is_then_said_by_Vietnamese_rules()
    {
        var lines = Lines().ToArray();

        var written = await Phonemes(lines.Select(line => line[0]));
        var read = await Phonemes(lines.Select(line => line[1]));

        Assert.Equal(lines.Length, written.Length);
        Assert.Equal(lines.Length, read.Length);
        Assert.All(read, phonemes => Assert.DoesNotContain(english, phonemes, StringComparison.Ordinal));
        var needless = lines.Where((line, i) => !written[i].Contains(english, StringComparison.Ordinal));
        Assert.Equal(otherwiseWrong, needless.Select(line => line[0]));
    }

    [Fact]
    public void What_is_respelled_is_read_so_and_stays_so()
    {
        foreach (var line in Lines())
        {
            Assert.Equal(line[1], Reading.Aloud(line[0]));
            Assert.Equal(line[1], Reading.Aloud(line[1]));
        }
    }

    // A full stop and an empty line part what is asked, so that each has a line of the answer.
    static async Task<string[]> Phonemes(IEnumerable<string> words)
    {
        using var voice = Process.Start(
            new ProcessStartInfo("espeak-ng", ["-v", "vi", "--ipa", "-q", "--stdin"])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        var said = voice.StandardOutput.ReadToEndAsync();
        await voice.StandardInput.WriteAsync(string.Join(".\n\n", words) + ".\n");
        voice.StandardInput.Close();
        return (await said).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    static IEnumerable<string[]> Lines([CallerFilePath] string here = "")
    {
        var file = Path.Combine(here, "../../../../libraries/Vietnamese/Words/Respelled.txt");
        return File.ReadLines(Path.GetFullPath(file))
            .Where(line => !line.StartsWith('#') && line.Contains(" = ", StringComparison.Ordinal))
            .Select(line => line.Split(" = "));
    }
}
