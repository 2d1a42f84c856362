namespace Loa.Contracts.Notices;

/// <summary>Gives letters to a mail server, for whichever part of the house has something to write.</summary>
public interface IMail
{
    /// <summary>Throws when the mail server does not take it.</summary>
    Task Send(MailServer by, PlainLetter letter, CancellationToken cancel);
}

/// <summary>A letter of nothing but text.</summary>
public sealed record PlainLetter(string To, string Subject, string Text);
