using System.ComponentModel.DataAnnotations;
using Loa.Kernel;

namespace Loa.Ui;

/// <summary>Whom an officer asks when he does not get on: the province says it in its settings (<c>Contact</c>).</summary>
public sealed record HelpContact
{
    [MaxLength(120)]
    public string? Name { get; init; }

    [MaxLength(40)]
    public string? Phone { get; init; }

    public string Sentence =>
        Name is null ? Words.Get("ui.contact.administrator")
        : Phone is null ? Words.Get("ui.contact", Name)
        : Words.Get("ui.contact.phone", Name, Phone);
}
