using System.CommandLine;
using System.CommandLine.Parsing;

namespace Loa.Speaker;

/// <summary>How the server's address is given on a command line.</summary>
public static class ServerAddress
{
    public static Option<Uri> Option() =>
        new("--server")
        {
            Description = "http://host:port",
            Required = true,
            CustomParser = Read,
        };

    static Uri Read(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https"))
            return address;
        given.AddError($"{text} is not an address like http://host:8080");
        return new Uri("http://localhost");
    }
}
